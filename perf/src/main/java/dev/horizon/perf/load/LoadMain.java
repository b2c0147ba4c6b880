package dev.horizon.perf.load;

import dev.horizon.net.gateway.TicketKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The process of the players. Told what to do by lines on its input, and answers each with one
 * line: {@code players N PER_SECOND} (ramp up or down, then {@code playing P failed F why}), {@code
 * schedule ORIGIN_NANOS PERIOD_NANOS}, {@code reset}, {@code figures}, {@code push FROM
 * forward|back} (each player from a number on holds the stick so once). Ends with its input.
 */
public final class LoadMain {
    private static final long RAMP_SECONDS_MAX = 120;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** For who was refused while all came at once. */
    private static final int TRIES = 3;

    private final LoadLoop loop;

    private LoadMain(LoadLoop loop) {
        this.loop = loop;
    }

    /**
     * Waits for commands.
     *
     * @param arguments server (of {@code aeron} for players over Aeron), ticket key in base64,
     *     players' names, inputs per second, event type of the stick, one in how many players is
     *     counted row by row (0 for none)
     */
    public static void main(String[] arguments) throws IOException {
        LoadLoop loop =
                new LoadLoop(
                        new LoadLoop.Plan(
                                URI.create(arguments[0]),
                                arguments[2],
                                Double.parseDouble(arguments[3]),
                                Integer.parseInt(arguments[4]),
                                Integer.parseInt(arguments[5])),
                        TicketKey.load(true, arguments[1], Path.of("")));
        new LoadMain(loop).serve(System.out);
        loop.close();
    }

    private void serve(PrintStream out) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.strip().split(" ");
            out.println(
                    switch (words[0]) {
                        case "players" ->
                                ramp(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                        case "schedule" -> {
                            long origin = Long.parseLong(words[1]);
                            long period = Long.parseLong(words[2]);
                            loop.run(() -> loop.schedule(origin, period));
                            yield "ok";
                        }
                        case "reset" -> {
                            loop.run(loop::reset);
                            yield "ok";
                        }
                        case "push" -> {
                            int first = Integer.parseInt(words[1]);
                            boolean isForward = words[2].equals("forward");
                            loop.run(() -> loop.push(first, isForward));
                            yield "ok";
                        }
                        case "figures" -> {
                            LoadFigures[] figures = new LoadFigures[1];
                            loop.run(() -> figures[0] = loop.figures());
                            yield figures[0].line();
                        }
                        default -> "unknown " + words[0];
                    });
            out.flush();
        }
    }

    /** Connects so many a second, and waits until all play or have failed: who did tries again. */
    private String ramp(int players, int perSecond) {
        long end =
                System.nanoTime()
                        + TimeUnit.SECONDS.toNanos(RAMP_SECONDS_MAX + players / perSecond);
        loop.run(() -> loop.keep(players));
        int[] now = new int[3];
        for (int i = 0; i < TRIES && now[0] < players; i++) {
            connect(players, perSecond, end, now);
        }
        return "playing=" + now[0] + " failed=" + now[1] + " " + loop.failures();
    }

    private void connect(int players, int perSecond, long end, int[] now) {
        long start = System.nanoTime();
        now[2] = 0;
        loop.run(loop::begin);
        do {
            long due = 1 + (long) ((System.nanoTime() - start) / 1e9 * perSecond);
            loop.run(() -> {
                while (now[2] < due && loop.connect(players)) {
                    now[2]++;
                }
                now[0] = loop.playing();
                now[1] = loop.failed();
            });
            LockSupport.parkNanos(POLL_NANOS);
        } while (now[0] + now[1] < players && System.nanoTime() < end);
    }
}
