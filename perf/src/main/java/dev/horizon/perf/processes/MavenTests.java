package dev.horizon.perf.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tests that measure something, run by Maven in the checkout that they are part of. */
public final class MavenTests {
    private MavenTests() {}

    /**
     * Runs some, and those alone; where they fail, what Maven said goes where errors go.
     *
     * @param checkout where the sources are
     * @param log that Maven writes
     * @param modules that have them, by name
     * @param tests their classes
     * @param properties KEY=VALUE each, that they are given
     * @return true where all passed
     */
    public static boolean pass(
            Path checkout,
            Path log,
            List<String> modules,
            List<String> tests,
            List<String> properties)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-Pfast", "-fae"));
        command.addAll(List.of("-pl", String.join(",", modules), "-am", "test"));
        command.add("-Dtest=" + String.join(",", tests));
        command.add("-Dsurefire.failIfNoSpecifiedTests=false");
        properties.forEach(each -> command.add("-D" + each));
        Process maven =
                new ProcessBuilder(command)
                        .directory(checkout.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            boolean hasPassed = maven.waitFor() == 0;
            if (!hasPassed) {
                System.err.println(Files.readString(log));
            }
            return hasPassed;
        } catch (InterruptedException e) {
            maven.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
