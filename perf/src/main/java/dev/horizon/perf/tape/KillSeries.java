package dev.horizon.perf.tape;

import dev.horizon.perf.Figure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * Kills {@code horizon up} at random instants under players, starts it again on the same folder,
 * and compares the tick that it came back to with the last that any of them had seen.
 */
final class KillSeries {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final int PLAYERS = 20;

    /** What capture.snapshot-seconds is by default, in ticks. */
    private static final int SNAPSHOT_TICKS = 200;

    private static final long STEER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final Pattern ADDRESS = Pattern.compile("http://[^/\\s]+");
    private static final Pattern BACK = Pattern.compile("goes on from tick (\\d+), after (\\d+)");

    private final Path launcher;
    private final SplittableRandom random;
    private final int kills;
    private final Consumer<String> progress;

    KillSeries(Path launcher, long seed, int kills, Consumer<String> progress) {
        this.launcher = launcher;
        this.random = new SplittableRandom(seed);
        this.kills = kills;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("horizon-kill-");
        List<Passenger> players = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            players.add(new Passenger("Passenger " + i, random.split()));
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        int lost = 0;
        int refused = 0;
        long seen = 0;
        try {
            for (int round = 0; round <= kills && refused == 0; round++) {
                progress.accept("kill: life " + round + " of " + kills);
                Life life = Life.start(launcher, data);
                if (life.address == null) {
                    refused++;
                    continue;
                }
                if (round > 0) {
                    seconds.add(life.seconds);
                    again.add((double) life.ticksRunAgain);
                    lost += life.cameBackTo < seen ? 1 : 0;
                }
                try {
                    play(players, life.address);
                } finally {
                    if (round == kills) {
                        life.stop();
                    } else {
                        life.kill();
                    }
                }
                for (Passenger player : players) {
                    seen = Math.max(seen, player.endOfLife());
                }
            }
        } finally {
            IoUtil.delete(data.toFile(), true);
        }
        return List.of(
                Figure.plain("kills, under " + PLAYERS + " players who fly", kills, ""),
                Figure.atMost("kills after which a client had seen a later tick", lost, "", 0),
                Figure.atMost(
                        "kills after which the world didn't come back, every hash compared",
                        refused,
                        "",
                        0),
                Figure.atMost("back after a kill, median", at(seconds, 0.5), "s", 3),
                Figure.plain("back after a kill, worst", at(seconds, 1), "s"),
                Figure.plain("ticks run again, median", at(again, 0.5), ""),
                Figure.plain("ticks run again, most", at(again, 1), ""));
    }

    /** For up to the time between two snapshots: a kill comes anywhere between them. */
    private void play(List<Passenger> players, URI server) {
        players.forEach(player -> player.board(server));
        Passenger first = players.getFirst();
        long until = first.tick() + random.nextInt(SNAPSHOT_TICKS);
        long last = System.nanoTime() + 2 * SNAPSHOT_TICKS * STEER_NANOS;
        while (first.tick() < until && System.nanoTime() < last) {
            players.forEach(Passenger::steer);
            LockSupport.parkNanos(STEER_NANOS);
        }
    }

    private static double at(List<Double> of, double share) {
        List<Double> sorted = of.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }

    /** One process. */
    private static final class Life {
        final Process process;
        @Nullable URI address;
        double seconds;
        long cameBackTo;
        long ticksRunAgain;

        private Life(Process process) {
            this.process = process;
        }

        static Life start(Path launcher, Path data) throws IOException {
            long began = System.nanoTime();
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    launcher.toString(),
                                    "up",
                                    "--port",
                                    "0",
                                    "--data-dir",
                                    data.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("HORIZON_SKIP_BUILD", "1");
            Life life = new Life(builder.start());
            BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(
                                    life.process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine();
                    line != null && life.address == null;
                    line = out.readLine()) {
                life.read(line);
            }
            life.seconds = (System.nanoTime() - began) / 1e9;
            Thread.ofPlatform().daemon().name("output").start(() -> drain(out));
            return life;
        }

        private void read(String line) {
            Matcher back = BACK.matcher(line);
            if (back.find()) {
                cameBackTo = Long.parseLong(back.group(1));
                ticksRunAgain = Long.parseLong(back.group(2));
            }
            Matcher found = ADDRESS.matcher(line);
            if (found.find()) {
                address = URI.create(found.group());
            }
        }

        private static void drain(BufferedReader out) {
            try {
                while (out.readLine() != null) {
                    // What it says after its address is of no interest.
                }
            } catch (IOException e) {
                // It was killed.
            }
        }

        /** The launcher becomes the node, so its process is the one to kill. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        void stop() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
