package dev.horizon.perf.tape;

import dev.horizon.perf.Figure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * Kills {@code horizon up} at random instants under players, starts it again on the same folder,
 * and compares the tick that it came back to with the last that any of them had seen.
 */
final class KillSeries {
    private static final int PLAYERS = 20;

    /** What capture.snapshot-seconds is by default, in ticks. */
    private static final int SNAPSHOT_TICKS = 100;

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
        Passengers players = new Passengers(PLAYERS, random);
        List<Double> seconds = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        int lost = 0;
        int refused = 0;
        long seen = 0;
        try {
            for (int round = 0; round <= kills && refused == 0; round++) {
                progress.accept("kill: life " + round + " of " + kills);
                LaunchedNode life =
                        LaunchedNode.start(
                                launcher, "up", "--port", "0", "--data-dir", data.toString());
                URI address = life.address();
                if (address == null) {
                    refused++;
                    continue;
                }
                if (round > 0) {
                    LaunchedNode.Comeback back = life.comeback();
                    seconds.add(life.seconds());
                    again.add(back == null ? 0.0 : back.ticksRunAgain());
                    lost += back == null || back.tick() < seen ? 1 : 0;
                }
                try {
                    players.board(address);
                    // A kill comes anywhere between two snapshots.
                    players.fly(random.nextInt(SNAPSHOT_TICKS));
                } finally {
                    if (round == kills) {
                        life.close();
                    } else {
                        life.kill();
                    }
                }
                seen = Math.max(seen, players.endOfLife());
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

    private static double at(List<Double> of, double share) {
        List<Double> sorted = of.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
