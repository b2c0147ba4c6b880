package dev.horizon.perf.load;

import dev.horizon.perf.ChildProcess;
import dev.horizon.perf.processes.ProcessWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The players, from the benchmark's side. */
public final class LoadProcess implements AutoCloseable {
    private static final List<String> OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xms64m",
                    "-Xmx512m",
                    "-Dio.netty.leakDetection.level=disabled",
                    "-Dio.netty.buffer.checkBounds=false",
                    "-Dio.netty.buffer.checkAccessible=false");
    private static final long STOP_SECONDS_MAX = 10;

    private final Process process;
    private final PrintStream to;
    private final BufferedReader from;

    private LoadProcess(Process process) {
        this.process = process;
        to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        from =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts the process; nobody plays yet.
     *
     * @param server to connect to; of {@code aeron} for players over Aeron
     * @param key in base64, that the server checks tickets with
     * @param inputsPerSecond of each player; 0 for none
     * @param eventType of the input
     * @param countEvery one in so many players is counted row by row; 0 for none
     */
    public static LoadProcess start(
            URI server, String key, double inputsPerSecond, int eventType, int countEvery)
            throws IOException {
        return new LoadProcess(
                new ProcessBuilder(
                                ChildProcess.command(
                                        OPTIONS,
                                        LoadMain.class,
                                        List.of(
                                                server.toString(),
                                                key,
                                                "Player",
                                                Double.toString(inputsPerSecond),
                                                Integer.toString(eventType),
                                                Integer.toString(countEvery))))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** Ramps to so many players; what came of it, in words. */
    public String players(int players, int perSecond) throws IOException {
        return tell("players " + players + " " + perSecond);
    }

    /** When tick 0 would have begun, by the machine's monotonic clock, and a tick's period. */
    public void schedule(long originNanos, long periodNanos) throws IOException {
        tell("schedule " + originNanos + " " + periodNanos);
    }

    /** Each player from a number on sends the input once, forward or back. */
    public void push(int first, boolean isForward) throws IOException {
        tell("push " + first + (isForward ? " forward" : " back"));
    }

    /** Begins to count anew. */
    public void reset() throws IOException {
        tell("reset");
    }

    /** What was counted since the reset. */
    public LoadFigures figures() throws IOException {
        return LoadFigures.parse(tell("figures"));
    }

    /** What the process takes. */
    public ProcessWatch watch() throws IOException {
        return ProcessWatch.of(process.pid());
    }

    private String tell(String command) throws IOException {
        to.println(command);
        String answer = from.readLine();
        if (answer == null) {
            throw new IOException("the load generator ended while asked for " + command);
        }
        return answer;
    }

    @Override
    public void close() {
        to.close();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
