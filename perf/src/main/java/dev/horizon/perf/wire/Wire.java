package dev.horizon.perf.wire;

import dev.horizon.engine.world.Tier;
import dev.horizon.perf.Figure;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.rivals.NodeSwarm;
import dev.horizon.perf.rivals.Swarm;
import dev.horizon.perf.stage.ArenaNode;
import dev.horizon.perf.stage.EncodeCost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code horizon bench wire}: bytes of an update, headers included, and the time to encode it. The
 * scene is the one that Colyseus was measured with: some 1,000 ships that all manoeuvre, each of
 * the clients flying in one of them and seeing 104, all at CLOSE, 20 Hz. What else the tiers send
 * of them at LOW and SENSOR counts as well.
 */
public final class Wire {
    private static final String BYTES = "bytes";
    private static final String ENCODE = "encode";

    /** What can be measured alone: bytes to clients, and the time to encode. */
    public static final List<String> PARTS = List.of(BYTES, ENCODE);

    private static final int TICK_HZ = 20;
    private static final int SHIPS = 1_040;

    /** So far from each other that nobody sees another group at any tier. */
    private static final int GROUPS = 10;

    private static final double EXTENT_METRES = 1e8;

    /** All of a group is within the CLOSE radius of each. */
    private static final double ROOM_METRES = 400;

    private static final int CLOSE_MAX = 1_024;
    private static final int CONNECTS_PER_SECOND = 200;
    private static final double SETTLE_SECONDS = 6;

    private static final double BYTES_PER_UPDATE_MAX = 6;
    private static final double NANOS_PER_ROW_MAX = 50;

    /** Measured on 2 cores, recorded in the project's facts; run again with {@code --rivals}. */
    private static final double RECORDED_RIVAL_BYTES_PER_SECOND = 30_000;

    private static final double RIVAL_SHARE_MAX = 0.1;
    private static final int RIVAL_VISIBLE = 104;
    private static final int RIVAL_CLIENTS = 10;

    private final Plan plan;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * How long.
     *
     * @param parts of {@link #PARTS} to measure
     * @param clients of the swarm
     * @param seconds that each setting is watched
     * @param encodeTicks that encoding is timed for, per tier and setting
     * @param rivals true to run Colyseus as well
     */
    public record Plan(
            List<String> parts, int clients, int seconds, int encodeTicks, boolean rivals) {}

    /** Prepares; {@code progress} is told what runs. */
    public Wire(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Measures. */
    public List<Figure> run() throws IOException, InterruptedException {
        if (plan.parts().contains(BYTES)) {
            everyUpdate();
            deadReckoned();
        }
        if (plan.parts().contains(ENCODE)) {
            for (Tier tier : Tier.values()) {
                encoding(tier);
            }
        }
        return figures;
    }

    private void everyUpdate() throws IOException, InterruptedException {
        LoadFigures load = swarm("all updates sent", false);
        double visible = load.value("close-held") + load.value("medium-held");
        figures.add(Figure.plain("all updates: visible to a client", visible, "ships"));
        figures.add(Figure.plain("all updates: delivered", load.value("hz"), "Hz"));
        bytes("all updates", load);
        double rows = load.value("close-place-rows") + load.value("medium-place-rows");
        figures.add(
                Figure.plain(
                        "all updates: rows of a visible ship", rows / Math.max(1, visible), "1/s"));
        figures.add(
                Figure.atMost(
                        "all updates: bytes per visible ship and update, headers included",
                        load.value("bytes-per-client") / Math.max(1, visible * TICK_HZ),
                        "B",
                        BYTES_PER_UPDATE_MAX));
    }

    private void deadReckoned() throws IOException, InterruptedException {
        LoadFigures load = swarm("dead reckoning at 0.25 m", true);
        double visible = load.value("close-held") + load.value("medium-held");
        double bytes = load.value("bytes-per-client");
        figures.add(Figure.plain("dead reckoning: visible to a client", visible, "ships"));
        bytes("dead reckoning", load);
        figures.add(
                Figure.plain(
                        "dead reckoning: rows of a visible ship",
                        (load.value("close-place-rows") + load.value("medium-place-rows"))
                                / Math.max(1, visible),
                        "1/s"));
        double rival = RECORDED_RIVAL_BYTES_PER_SECOND;
        String name = "Colyseus 0.18, recorded";
        if (plan.rivals()) {
            progress.accept("Colyseus: installing and running");
            Swarm sent;
            try (NodeSwarm node = new NodeSwarm()) {
                sent =
                        node.run(
                                NodeSwarm.Kind.COLYSEUS,
                                SHIPS,
                                RIVAL_VISIBLE,
                                RIVAL_CLIENTS,
                                plan.seconds());
            }
            rival = sent.bytesPerClient();
            name = "Colyseus 0.18, this run";
            figures.add(Figure.plain(name + ": visible to a client", sent.visible(), "ships"));
            figures.add(Figure.plain(name + ": delivered", sent.hz(), "Hz"));
            figures.add(
                    Figure.plain(
                            name + ": bytes per visible ship and update",
                            sent.bytesPerUpdate(),
                            "B"));
        }
        figures.add(Figure.plain(name + ": bytes to a client", rival, "B/s"));
        figures.add(
                Figure.atMost(
                        "dead reckoning: bytes to a client, to " + name,
                        bytes / rival,
                        "x",
                        RIVAL_SHARE_MAX));
    }

    private void bytes(String what, LoadFigures load) {
        figures.add(
                Figure.plain(what + ": bytes to a client", load.value("bytes-per-client"), "B/s"));
        figures.add(
                Figure.plain(
                        what + ": of these, LOW and SENSOR", load.value("frame-bytes"), "B/s"));
        figures.add(
                Figure.plain(
                        what + ": of these, rows of CLOSE", load.value("close-row-bytes"), "B/s"));
    }

    /** All of the swarm within the radius is CLOSE, so that every update comes at 20 Hz. */
    private LoadFigures swarm(String what, boolean reckons)
            throws IOException, InterruptedException {
        progress.accept(what + ": " + plan.clients() + " clients for " + plan.seconds() + " s");
        Map<String, Object> arena = new LinkedHashMap<>(swarmOf(SHIPS - plan.clients()));
        try (ArenaNode node =
                        new ArenaNode(
                                new ArenaNode.Plan(TICK_HZ, arena, channels(reckons), gateway()),
                                world -> tick -> {});
                LoadProcess load = LoadProcess.start(node.address(), node.key(), 0, 0, 1)) {
            progress.accept(load.players(plan.clients(), CONNECTS_PER_SECOND));
            node.run(SETTLE_SECONDS);
            load.schedule(node.loop().metrics().originNanos(), node.periodNanos());
            long published = node.publishedBytes();
            load.reset();
            node.run(plan.seconds());
            LoadFigures seen = load.figures();
            double sent = (node.publishedBytes() - published) / seen.value("seconds");
            String name = reckons ? "dead reckoning" : "all updates";
            figures.add(Figure.plain(name + ": the node publishes", sent, "B/s"));
            figures.add(
                    Figure.plain(
                            name + ": all clients receive",
                            seen.value("bytes-per-client") * seen.value("players"),
                            "B/s"));
            progress.accept(seen.values().toString());
            return seen;
        }
    }

    private static Map<String, Object> swarmOf(int ships) {
        return Map.of(
                "ships", ships,
                "groups", GROUPS,
                "extent-metres", EXTENT_METRES,
                "group-metres", ROOM_METRES,
                "turning", false,
                "steered", false);
    }

    private static Map<String, Object> channels(boolean reckons) {
        return Map.of("dead-reckoning", reckons);
    }

    private static Map<String, Object> gateway() {
        return Map.of("near", Map.of("close-max", CLOSE_MAX, "bytes-per-second", 0));
    }

    private void encoding(Tier tier) {
        for (boolean reckons : new boolean[] {false, true}) {
            progress.accept("encoding, " + tier + (reckons ? ", dead reckoning" : ", all rows"));
            EncodeCost.Cost cost =
                    EncodeCost.of(tier, swarmOf(SHIPS), channels(reckons), plan.encodeTicks());
            String name =
                    String.format(
                            Locale.ROOT,
                            "encode, %s, %s",
                            tier,
                            reckons ? "dead reckoning" : "all rows");
            String time = name + ": per row sent";
            figures.add(
                    reckons
                            ? Figure.plain(time, cost.nanosPerRow(), "ns")
                            : Figure.atMost(time, cost.nanosPerRow(), "ns", NANOS_PER_ROW_MAX));
            figures.add(Figure.plain(name + ": rows", cost.rowsPerTick(), "1/tick"));
            figures.add(
                    Figure.plain(
                            name + ": the clock's own, taken off", cost.clockNanos(), "ns/tick"));
            figures.add(Figure.plain(name + ": bytes per row", cost.bytesPerRow(), "B"));
            figures.add(Figure.atMost(name + ": allocated", cost.bytesPerTick(), "B/tick", 0));
        }
    }
}
