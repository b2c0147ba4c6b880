package dev.horizon.perf.fanout;

import dev.horizon.engine.events.EventShape;
import dev.horizon.perf.arena.ArenaPlugin;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.processes.ArenaJar;
import dev.horizon.perf.processes.ProcessWatch;
import dev.horizon.perf.processes.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * A node with the arena, and players of another process in it. The bench signs the players' tickets
 * with a key that it makes for the run.
 */
final class Crowd implements AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final int CONNECTS_PER_SECOND = 250;
    private static final int COUNT_EVERY = 100;
    private static final double INPUTS_PER_SECOND = 2;
    private static final long READING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Fleets of some sixteen; a few others are in sight, at SENSOR. */
    private static final int MEMBERS_PER_GROUP = 16;

    private static final int SHIPS = 2_000;
    private static final int ROCKS = 8_000;
    private static final double GROUP_METRES = 800;
    private static final double EXTENT_METRES = 2.5e7;

    private final Path folder;
    private final ServerProcess node;
    private final LoadProcess load;
    private final long periodNanos;
    private final Consumer<String> progress;

    /**
     * How it is run.
     *
     * @param launcher the script {@code horizon}
     * @param tickHz of the node
     * @param players at most
     * @param heap of the node, as in {@code 1g}
     * @param recording where Java's flight recorder writes, or empty for no recording
     */
    record Plan(Path launcher, int tickHz, int players, String heap, String recording) {}

    /** What one number of players came to. */
    record Sample(
            int asked,
            LoadFigures load,
            double nodeCores,
            double loadCores,
            double nodeMegabytes,
            double loadMegabytes) {}

    Crowd(Plan plan, Consumer<String> progress) throws IOException {
        this.progress = progress;
        periodNanos = TimeUnit.SECONDS.toNanos(1) / plan.tickHz();
        folder = Files.createTempDirectory("horizon-fanout-");
        ArenaJar.write(folder.resolve("plugins"));
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getEncoder().encodeToString(secret);
        node = ServerProcess.start(plan.launcher(), arguments(plan), environment(plan, key));
        load =
                LoadProcess.start(
                        URI.create(node.address().toString()),
                        key,
                        INPUTS_PER_SECOND,
                        stick(),
                        COUNT_EVERY);
        requireArena();
    }

    private void requireArena() throws IOException {
        String plugins = node.get("/api/plugins");
        if (!plugins.contains("\"" + ArenaPlugin.NAME + "\"")) {
            close();
            throw new IllegalStateException("the node left the arena out: " + plugins);
        }
    }

    private List<String> arguments(Plan plan) {
        int groups = Math.max(1, (plan.players() + SHIPS + ROCKS) / MEMBERS_PER_GROUP);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--port",
                                "0",
                                "--data-dir",
                                folder.resolve("data").toString(),
                                "--plugin-dir",
                                folder.resolve("plugins").toString(),
                                "--tick-hz",
                                Integer.toString(plan.tickHz())));
        Map<String, Object> settings =
                Map.of(
                        "plugins.arena.ships", SHIPS,
                        "plugins.arena.rocks", ROCKS,
                        "plugins.arena.groups", groups,
                        "plugins.arena.group-metres", GROUP_METRES,
                        "plugins.arena.extent-metres", EXTENT_METRES,
                        "gateway.connections-max", 20_000,
                        "gateway.strangers-max", 20_000);
        settings.forEach((name, value) -> {
            arguments.add("--set");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }

    private static Map<String, String> environment(Plan plan, String key) {
        String options =
                plan.recording().isEmpty()
                        ? ""
                        : "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                                + plan.recording();
        return Map.of(
                "HORIZON_GATEWAY__TICKET_KEY", key,
                "HORIZON_HEAP", plan.heap(),
                "HORIZON_JAVA_OPTS", options);
    }

    private static int stick() {
        return new EventShape(
                        EventShape.Direction.FROM_CLIENT,
                        ArenaPlugin.NAME,
                        ArenaPlugin.STICK,
                        true,
                        List.of())
                .id();
    }

    /** Ramps to so many players, lets them settle, and watches for some seconds. */
    Sample measure(int players, int seconds) throws IOException {
        progress.accept(players + " players: " + load.players(players, CONNECTS_PER_SECOND));
        read(SETTLE_NANOS);
        load.reset();
        ProcessWatch nodeFrom = node.watch();
        ProcessWatch loadFrom = load.watch();
        read(TimeUnit.SECONDS.toNanos(seconds));
        LoadFigures figures = load.figures();
        ProcessWatch nodeTo = node.watch();
        ProcessWatch loadTo = load.watch();
        Sample sample =
                new Sample(
                        players,
                        figures,
                        nodeTo.coresSince(nodeFrom),
                        loadTo.coresSince(loadFrom),
                        nodeTo.residentMegabytes(),
                        loadTo.residentMegabytes());
        progress.accept(
                "%d players: %.2f Hz, age p50 %.1f p99 %.1f ms, node %.2f cores %.0f MB, load %.2f cores; %s"
                        .formatted(
                                players,
                                figures.value("hz"),
                                figures.value("age-p50"),
                                figures.value("age-p99"),
                                sample.nodeCores(),
                                sample.nodeMegabytes(),
                                sample.loadCores(),
                                figures.values()));
        return sample;
    }

    /**
     * Waits, and tells the players the node's schedule once a second: the least origin of the
     * latest readings, so that a tick that began late counts as state that is old.
     */
    private void read(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        long origin = Long.MAX_VALUE;
        while (System.nanoTime() < end) {
            origin = Math.min(origin, node.status("tickOriginNanos"));
            load.schedule(origin, periodNanos);
            LockSupport.parkNanos(Math.min(READING_NANOS, end - System.nanoTime()));
        }
    }

    @Override
    public void close() {
        load.close();
        node.close();
        IoUtil.delete(folder.toFile(), true);
    }
}
