package dev.horizon.net;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real virtual machine that runs a class of the tests, and can be killed. */
public final class ChildProcess implements AutoCloseable {
    private static final String MARK = "> ";
    private static final long EXIT_SECONDS_MAX = 180;

    private final Process process;
    private final BufferedReader output;

    private ChildProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it with this machine's flags and class path. */
    public static ChildProcess start(Class<?> main, String... arguments) throws IOException {
        return under(List.of(), main, List.of(arguments));
    }

    /** The same by a command that ends by being another, as {@code unshare} and {@code nice} do. */
    public static ChildProcess under(List<String> before, Class<?> main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-javaagent") && !flag.startsWith("-Dsurefire")) {
                command.add(flag);
            }
        }
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(arguments);
        return new ChildProcess(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .directory(new File("."))
                        .start());
    }

    /** What a child says to its parent; its logs go the same way without this mark. */
    public static void say(String line) {
        System.out.println(MARK + line);
    }

    /** The next line that it says, which may take until it has started. */
    public String readLine() throws IOException {
        String line = readLineOrNull();
        if (line == null) {
            throw new IOException("the child ended with " + exitCode());
        }
        return line;
    }

    /** The next line, or null when it was killed before it had said one. */
    public String readLineOrNull() throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(MARK)) {
            line = output.readLine();
        }
        return line == null ? null : line.substring(MARK.length());
    }

    /** Says a line to it. */
    public void writeLine(String line) throws IOException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(line + "\n");
        input.flush();
    }

    public long pid() {
        return process.pid();
    }

    /** kill -9; what it said before can still be read. */
    public void kill() {
        process.toHandle().destroyForcibly();
        exitCode();
    }

    /** Closes its input and awaits its end. */
    public void endByInput() throws IOException {
        process.getOutputStream().close();
        exitCode();
    }

    public int exitCode() {
        try {
            if (!process.waitFor(EXIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("the child did not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
