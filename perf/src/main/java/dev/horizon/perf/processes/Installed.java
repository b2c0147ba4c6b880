package dev.horizon.perf.processes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;

/**
 * A folder that a rival is installed into and run in, until it is closed: nothing of a rival is
 * part of this project.
 */
public final class Installed implements AutoCloseable {
    private static final long INSTALL_SECONDS_MAX = 300;

    private final Path folder = Files.createTempDirectory("horizon-rival-");

    /**
     * Copies files that lie beside the benchmarks.
     *
     * @param from their folder, as a resource
     */
    public Installed(String from, List<String> files) throws IOException {
        for (String file : files) {
            try (InputStream in = Installed.class.getResourceAsStream(from + file)) {
                if (in == null) {
                    throw new IllegalStateException("no " + from + file + " beside the benchmarks");
                }
                Files.copy(in, folder.resolve(file));
            }
        }
    }

    /** A file of the folder. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Runs what fetches it. */
    public void install(List<String> command) throws IOException, InterruptedException {
        output(command, INSTALL_SECONDS_MAX);
    }

    /** Has Maven fetch what the folder's {@code pom.xml} names; a class path of that. */
    public String jars() throws IOException, InterruptedException {
        install(
                List.of(
                        "mvn",
                        "-B",
                        "-q",
                        "dependency:copy-dependencies",
                        "-DoutputDirectory=lib"));
        return file("lib") + "/*";
    }

    /** Runs a command in the folder; what it printed. */
    public String output(List<String> command, long secondsMax)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        command + " took more than " + secondsMax + " s, and was ended");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        command
                                + " ended with "
                                + process.exitValue()
                                + ": "
                                + Files.readString(out, StandardCharsets.UTF_8));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** A number of what it printed as JSON. */
    public static double number(String json, String key) {
        Matcher found = Pattern.compile("\"" + key + "\":\\s*([-+.eE\\d]+)").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("it said no " + key + ": " + json);
        }
        return Double.parseDouble(found.group(1));
    }

    @Override
    public void close() {
        IoUtil.delete(folder.toFile(), true);
    }
}
