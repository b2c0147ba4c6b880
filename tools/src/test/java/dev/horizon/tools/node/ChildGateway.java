package dev.horizon.tools.node;

import dev.horizon.tools.ChildJvm;
import dev.horizon.tools.cli.Horizon;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/** {@code horizon gateway} in a process of its own, to be killed. */
final class ChildGateway implements AutoCloseable {
    private static final String ADDRESS = "gateway at ";

    private static final long STOP_SECONDS_MAX = 60;

    private final Process process;
    private final BufferedReader output;

    private ChildGateway(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one with the key of a node; returns at once. */
    static ChildGateway start(int nodePort, Path dataDir, Path key) throws IOException {
        return start("127.0.0.1:" + nodePort, dataDir, key);
    }

    /** The same with the addresses of a node and its standby. */
    static ChildGateway start(String nodes, Path dataDir, Path key) throws IOException {
        List<String> command = ChildJvm.command();
        command.addAll(List.of("-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Horizon.class.getName());
        command.addAll(List.of("gateway", "--port", "0", "--node", nodes));
        command.addAll(List.of("--data-dir", dataDir.toString()));
        command.addAll(List.of("--ticket-key-file", key.toString()));
        command.addAll(List.of("--set", "gateway.messages-per-second=5000"));
        return new ChildGateway(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Where it listens; waits until it does. */
    URI awaitAddress() throws IOException {
        String line = output.readLine();
        while (line != null && !line.startsWith(ADDRESS)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the child gateway did not start");
        }
        return URI.create(line.substring(ADDRESS.length()));
    }

    /** kill -9; what its next life would clear away goes with it, for it has none. */
    void kill() throws InterruptedException, IOException {
        process.destroyForcibly();
        process.waitFor();
        String mine = "horizon-driver-" + process.pid() + "-*";
        try (DirectoryStream<Path> left = Files.newDirectoryStream(Path.of("/dev/shm"), mine)) {
            for (Path directory : left) {
                IoUtil.delete(directory.toFile(), true);
            }
        }
    }

    /** SIGSTOP: it is there, and does nothing. */
    void pause() throws InterruptedException, IOException {
        signal("-STOP");
        // A thread that runs on another core stops a little later.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS_MAX);
        while (!isStopped()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the gateway did not stand still");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private boolean isStopped() throws IOException {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path each : all) {
                String state = Files.readString(each.resolve("stat"));
                // Behind the name, which may have brackets of its own.
                if (state.charAt(state.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    /** SIGCONT. */
    void goOn() throws InterruptedException, IOException {
        signal("-CONT");
    }

    private void signal(String which) throws InterruptedException, IOException {
        String pid = Long.toString(process.pid());
        int code = new ProcessBuilder("kill", which, pid).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("kill " + which + " " + pid + " failed with " + code);
        }
    }

    /** SIGTERM; waits for the end in order. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the gateway did not stop");
        }
        return process.exitValue();
    }

    /** Ends it in order where it still runs, so that it clears up itself. */
    @Override
    public void close() throws InterruptedException, IOException {
        if (process.isAlive()) {
            goOn();
        }
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
