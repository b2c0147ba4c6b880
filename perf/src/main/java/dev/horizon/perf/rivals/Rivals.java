package dev.horizon.perf.rivals;

import dev.horizon.perf.Figure;
import dev.horizon.perf.MicroBench;
import dev.horizon.perf.SolWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * {@code horizon bench rivals}: other servers and this one in turns, round by round, so that a busy
 * moment of the machine hits all alike. Figures are medians over the rounds, ratios those of each
 * round, with the least and the most beside them.
 */
public final class Rivals {
    /** What can be measured alone. */
    public static final List<String> PARTS = List.of("wire", "ticks", "entities");

    private static final String OURS = "Horizon";
    private static final int SHIPS = 1_040;
    private static final int VISIBLE = 104;
    private static final int THREADS = 2;
    private static final int TICKS = 300;
    private static final long SEED = 42;
    private static final int OBJECTS_PER_SHIP = 5;
    private static final List<Integer> FLEETS = List.of(1_000, 5_000);
    private static final double PLAYERS_PER_CORE_MIN = 5;
    private static final double BYTES_MAX = 0.1;

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * How much.
     *
     * @param parts of {@link #PARTS}
     * @param launcher the script {@code horizon}
     * @param rounds in each of which everything runs once
     * @param clients of the swarm
     * @param seconds that each server is watched
     */
    public record Plan(List<String> parts, Path launcher, int rounds, int clients, int seconds) {}

    /** Prepares; {@code progress} is told what runs. */
    public Rivals(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Installs all that is to be measured, and measures then. */
    public List<Figure> run() throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (NodeSwarm node = plan.parts().contains("wire") ? colyseus() : null;
                Minestom minestom = plan.parts().contains("ticks") ? minestom() : null) {
            for (String part : plan.parts()) {
                figures.addAll(
                        switch (part) {
                            case "wire" -> wire(Objects.requireNonNull(node));
                            case "ticks" -> ticks(Objects.requireNonNull(minestom));
                            case "entities" -> MicroBench.rivals(plan.rounds(), progress);
                            default ->
                                    throw new IllegalArgumentException(
                                            part + " is none of " + PARTS);
                        });
            }
        }
        return figures;
    }

    private NodeSwarm colyseus() throws IOException, InterruptedException {
        progress.accept("Colyseus 0.18 is installed from npm");
        return new NodeSwarm();
    }

    private Minestom minestom() throws IOException, InterruptedException {
        progress.accept("Minestom is installed from Maven's central repository");
        return new Minestom(THREADS);
    }

    private List<Figure> wire(NodeSwarm node) throws Exception {
        Rounds rounds = new Rounds();
        HorizonSwarm horizon = new HorizonSwarm(plan.launcher());
        int clients = plan.clients();
        int seconds = plan.seconds();
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.accept("round " + round + " of " + plan.rounds() + ": the swarm");
            Swarm colyseus = node.run(NodeSwarm.Kind.COLYSEUS, SHIPS, VISIBLE, clients, seconds);
            Swarm all = horizon.run(false, SHIPS, VISIBLE, clients, seconds);
            Swarm reckoned = horizon.run(true, SHIPS, VISIBLE, clients, seconds);
            Swarm json = node.run(NodeSwarm.Kind.JSON, SHIPS, VISIBLE, clients, seconds);
            swarm(rounds, OURS, reckoned);
            swarm(rounds, OURS + ", every update", all);
            swarm(rounds, "Colyseus", colyseus);
            swarm(rounds, "JSON to all", json);
            compare(rounds, reckoned, all, colyseus, json);
        }
        return rounds.figures();
    }

    private static void swarm(Rounds rounds, String who, Swarm of) {
        rounds.add(who + ": visible to a client", of.visible(), "ships");
        rounds.add(who + ": delivered", of.hz(), "Hz");
        rounds.add(who + ": bytes to a client", of.bytesPerClient(), "B/s");
        rounds.add(who + ": bytes per visible ship and tick", of.bytesPerUpdate(), "B");
        rounds.add(who + ": encoding a tick", of.encodeMillis(), "ms");
        rounds.add(who + ": server, processor", of.cores(), "cores");
        rounds.add(who + ": server, resident", of.megabytes(), "MB");
        rounds.add(who + ": state age, p50", of.ageMillis(), "ms");
        rounds.add(who + ": state age, p99", of.ageMillisP99(), "ms");
    }

    private static void compare(
            Rounds rounds, Swarm reckoned, Swarm all, Swarm colyseus, Swarm json) {
        rounds.addAtLeast(
                "players per core, to Colyseus",
                colyseus.cores() / reckoned.cores(),
                "x",
                PLAYERS_PER_CORE_MIN);
        rounds.add(
                "players per core, every update, to Colyseus", colyseus.cores() / all.cores(), "x");
        rounds.add("players per core, to JSON", json.cores() / reckoned.cores(), "x");
        rounds.addAtMost(
                "bytes per player, to Colyseus",
                reckoned.bytesPerClient() / colyseus.bytesPerClient(),
                "x",
                BYTES_MAX);
        rounds.add(
                "bytes per player, every update, to Colyseus",
                all.bytesPerClient() / colyseus.bytesPerClient(),
                "x");
        rounds.add(
                "bytes per player, to JSON",
                reckoned.bytesPerClient() / json.bytesPerClient(),
                "x");
    }

    private List<Figure> ticks(Minestom minestom) throws Exception {
        Rounds rounds = new Rounds();
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.accept("round " + round + " of " + plan.rounds() + ": ticks");
            for (int fleet : FLEETS) {
                double theirs = minestom.tickMillis(fleet, TICKS);
                double ours = tickMillis(fleet);
                String name = String.format(Locale.ROOT, "tick of %,d", fleet);
                rounds.add(name + " ships, the demo's systems, " + OURS, ours, "ms");
                rounds.add(name + " mobs, Minestom", theirs, "ms");
                rounds.add(name + ", Minestom's to ours", theirs / ours, "x");
            }
        }
        return rounds.figures();
    }

    /** The median tick of so many ships and four times as many other objects, nobody watching. */
    private static double tickMillis(int ships) {
        double[] millis = new double[TICKS];
        try (SolWorld world = new SolWorld(ships * OBJECTS_PER_SHIP, SEED, THREADS)) {
            for (int i = 0; i < TICKS; i++) {
                world.step();
            }
            for (int i = 0; i < TICKS; i++) {
                long from = System.nanoTime();
                world.step();
                millis[i] = (System.nanoTime() - from) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[TICKS / 2];
    }
}
