package dev.horizon.perf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another virtual machine with this one's class path and module options, and its own way to run.
 */
public final class ChildProcess {
    /**
     * What this process was told of modules and native access holds for the child; the rest not.
     */
    private static final List<String> INHERITED =
            List.of("--add-", "--enable-native", "--sun-misc", "-D", "-Xlog");

    private ChildProcess() {}

    /**
     * Runs a main class to its end; what it prints goes where this process prints errors.
     *
     * @param options of the virtual machine, such as {@code -Xint}
     * @throws IllegalStateException when it fails or takes longer than the bound
     */
    public static void run(
            List<String> options, Class<?> main, List<String> arguments, long secondsMax)
            throws IOException {
        List<String> command = command(options, main, arguments);
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            if (!process.waitFor(secondsMax, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        main.getSimpleName() + " took more than " + secondsMax + " s");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        main.getSimpleName()
                                + " with "
                                + String.join(" ", options)
                                + " ended with "
                                + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The command line of such a process. */
    public static List<String> command(
            List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (INHERITED.stream().anyMatch(given::startsWith)) {
                command.add(given);
            }
        }
        command.addAll(options);
        command.add("-cp");
        command.add(classPath());
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }

    /** Surefire hides the class path in a jar's manifest and tells it in a property. */
    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path");
        String path = tests != null ? tests : System.getProperty("java.class.path");
        return path;
    }
}
