package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From which sources this was built, and where its launcher is. */
final class SourceBuild {
    private static final String HOME = "horizon.home";

    private SourceBuild() {}

    /** The version, and the commit where the sources are a clone. */
    static String text() throws IOException, InterruptedException {
        String home = System.getProperty(HOME, "");
        Path root = home.isEmpty() ? Path.of("") : root();
        if (home.isEmpty() || !Files.exists(root.resolve(".git"))) {
            return Version.text();
        }
        Process git =
                new ProcessBuilder("git", "-C", root.toString(), "describe", "--always", "--dirty")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String commit =
                new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? Version.text() + ", " + commit : Version.text();
    }

    /** A verb in a process of its own, by the launcher, as an operator starts it. */
    static ProcessBuilder launched(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(root().resolve("horizon").toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /**
     * The distribution is {@code <root>/tools/target/horizon}, the launcher {@code <root>/horizon}.
     *
     * @throws HorizonException HZ-ENV-005 where nobody said where the distribution is
     */
    static Path root() {
        String home = System.getProperty(HOME, "");
        if (home.isEmpty()) {
            throw new HorizonException(
                    "HZ-ENV-005",
                    "where Horizon was built is unknown: run it by its launcher, ./horizon");
        }
        return Path.of(home, "..", "..", "..").toAbsolutePath().normalize();
    }
}
