package dev.horizon.perf.rivals;

import dev.horizon.engine.world.Tier;
import dev.horizon.perf.arena.ArenaPlugin;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.processes.PluginJar;
import dev.horizon.perf.processes.ProcessWatch;
import dev.horizon.perf.processes.ServerProcess;
import dev.horizon.perf.stage.EncodeCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;

/**
 * The swarm on {@code horizon up}, node and gateway in one process: groups that don't see each
 * other, all ships of a group within the CLOSE radius of each, points without attitude.
 */
final class HorizonSwarm {
    private static final int TICK_HZ = 20;
    private static final int KEY_BYTES = 32;
    private static final int CONNECTS_PER_SECOND = 200;
    private static final int COUNT_EVERY = 10;
    private static final int ENCODE_TICKS = 500;
    private static final int READINGS = 5;
    private static final double EXTENT_METRES = 1e8;
    private static final double ROOM_METRES = 400;
    private static final int CLOSE_MAX = 1_024;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long READING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path launcher;

    HorizonSwarm(Path launcher) {
        this.launcher = launcher;
    }

    /**
     * Runs it, server and clients in a process each.
     *
     * @param reckons false to send every update, as the rivals do
     * @param visible ships of a group
     * @param seconds that it is watched
     */
    Swarm run(boolean reckons, int ships, int visible, int clients, int seconds)
            throws IOException {
        Path folder = Files.createTempDirectory("horizon-swarm-");
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getEncoder().encodeToString(secret);
        PluginJar.write(folder.resolve("plugins"), ArenaPlugin.NAME, ArenaPlugin.class);
        Map<String, Object> arena = arena(ships - clients, ships / visible);
        try (ServerProcess server =
                        ServerProcess.start(
                                launcher,
                                arguments(folder, arena, reckons),
                                Map.of("HORIZON_GATEWAY__TICKET_KEY", key));
                LoadProcess load = LoadProcess.start(server.address(), key, 0, 0, COUNT_EVERY)) {
            load.players(clients, CONNECTS_PER_SECOND);
            LockSupport.parkNanos(SETTLE_NANOS);
            schedule(server, load);
            load.reset();
            ProcessWatch from = server.watch();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
            LoadFigures seen = load.figures();
            ProcessWatch to = server.watch();
            if (seen.value("players") < clients) {
                throw new IllegalStateException("players were lost: " + seen.values());
            }
            double held = seen.value("close-held") + seen.value("medium-held");
            double bytes = seen.value("bytes-per-client");
            EncodeCost.Cost encoding =
                    EncodeCost.of(
                            Tier.CLOSE,
                            arena(ships, ships / visible),
                            Map.of("dead-reckoning", reckons),
                            ENCODE_TICKS);
            return new Swarm(
                    held,
                    seen.value("hz"),
                    bytes,
                    bytes / held / TICK_HZ,
                    encoding.nanosPerTick() / 1e6,
                    to.coresSince(from),
                    to.residentMegabytes(),
                    seen.value("age-p50"),
                    seen.value("age-p99"));
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    /** A tick that began late counts as state that is old: the least origin of some readings. */
    private static void schedule(ServerProcess server, LoadProcess load) throws IOException {
        long origin = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            origin = Math.min(origin, server.status("tickOriginNanos"));
            LockSupport.parkNanos(READING_NANOS);
        }
        load.schedule(origin, TimeUnit.SECONDS.toNanos(1) / TICK_HZ);
    }

    private static Map<String, Object> arena(int ships, int groups) {
        Map<String, Object> arena = new LinkedHashMap<>();
        arena.put("ships", ships);
        arena.put("groups", groups);
        arena.put("extent-metres", EXTENT_METRES);
        arena.put("group-metres", ROOM_METRES);
        arena.put("turning", false);
        arena.put("steered", false);
        return arena;
    }

    private static List<String> arguments(Path folder, Map<String, Object> arena, boolean reckons) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--star-system",
                                "arena",
                                "--port",
                                "0",
                                "--tick-hz",
                                Integer.toString(TICK_HZ),
                                "--data-dir",
                                folder.resolve("data").toString(),
                                "--plugin-dir",
                                folder.resolve("plugins").toString()));
        Map<String, Object> settings = new LinkedHashMap<>();
        arena.forEach((name, value) -> settings.put("plugins.arena." + name, value));
        settings.put("channels.dead-reckoning", reckons);
        settings.put("gateway.close-max", CLOSE_MAX);
        settings.put("gateway.session-bytes-per-second", 0);
        settings.forEach((name, value) -> {
            arguments.add("--set");
            arguments.add(name + "=" + value);
        });
        return arguments;
    }
}
