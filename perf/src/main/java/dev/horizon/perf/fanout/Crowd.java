package dev.horizon.perf.fanout;

import dev.horizon.perf.arena.ArenaPlugin;
import dev.horizon.perf.load.LoadFigures;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.processes.PluginJar;
import dev.horizon.perf.processes.ProcessWatch;
import dev.horizon.perf.processes.ServerProcess;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * A node with the arena, and players of another process in it. The bench signs the players' tickets
 * with a key that it makes for the run.
 */
final class Crowd implements AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final String NODE_HEAP = "384m";
    private static final String GATEWAY_HEAP = "256m";
    private static final Pattern TICK_P99 = Pattern.compile("\"p99\"\\s*:\\s*([.\\d]+)");

    /** Latest readings of the schedule: a node that gives ticks up begins a new one. */
    private static final int READINGS = 5;

    private static final int COUNT_EVERY = 100;
    private static final double INPUTS_PER_SECOND = 2;
    private static final long READING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long NODE_HEARD_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
    private static final long HEALTH_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Fleets of some sixteen; a few others are in sight, at SENSOR. */
    private static final int MEMBERS_PER_GROUP = 16;

    private static final int SHIPS = 2_000;
    private static final int ROCKS = 8_000;
    private static final double GROUP_METRES = 800;
    private static final double EXTENT_METRES = 2.5e7;

    private final Path folder;
    private final ServerProcess node;
    private final @Nullable ServerProcess gateway;
    private final int perSecond;
    private final Deque<Long> origins = new ArrayDeque<>();
    private final LoadProcess load;
    private final long periodNanos;
    private final Consumer<String> progress;

    /**
     * How it is run.
     *
     * @param launcher the script {@code horizon}
     * @param tickHz of the node
     * @param players at most
     * @param isApart true for a gateway in a process of its own, false for one inside the node's
     * @param isAeron true for players who come over Aeron
     * @param perSecond players that connect
     */
    record Plan(
            Path launcher,
            int tickHz,
            int players,
            boolean isApart,
            boolean isAeron,
            int perSecond) {}

    /**
     * What one number of players came to.
     *
     * @param asked how many
     * @param load what they were sent
     * @param quietTicks share of players' ticks in which nothing was new to them, so that nothing
     *     was sent; 0 where the gateway is inside the node's process
     * @param gatewayCores of the gateway's process, 0 where it is inside the node's
     * @param gatewayMegabytes the same
     * @param multicast the two sides of the node's streams
     */
    record Sample(
            int asked,
            LoadFigures load,
            double quietTicks,
            double nodeCores,
            double gatewayCores,
            double loadCores,
            double nodeMegabytes,
            double gatewayMegabytes,
            double tickMillisP99,
            Multicast multicast) {
        double bothCores() {
            return nodeCores + gatewayCores;
        }

        double bothMegabytes() {
            return nodeMegabytes + gatewayMegabytes;
        }

        /** What all processes took of the processor. */
        double allCores() {
            return bothCores() + loadCores;
        }

        /** Messages, and ticks in which a player was told nothing since nothing was new. */
        double deliveredHz() {
            return load.value("hz") / Math.max(1e-9, 1 - quietTicks);
        }
    }

    /**
     * Bytes a second of frames: what the node sends once, what comes to the gateway, and what of
     * that nobody there needs, for a stream carries many channels. The last two are 0 where the
     * gateway is inside the node's process.
     */
    record Multicast(double sent, double received, double beyondNeed) {}

    Crowd(Plan plan, Consumer<String> progress) throws IOException {
        this.progress = progress;
        periodNanos = TimeUnit.SECONDS.toNanos(1) / plan.tickHz();
        folder = Files.createTempDirectory("horizon-fanout-");
        PluginJar.write(folder.resolve("plugins"), ArenaPlugin.NAME, ArenaPlugin.class);
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getEncoder().encodeToString(secret);
        perSecond = plan.perSecond();
        int streams = freePort();
        int lines = plan.isAeron() ? freePort() : 0;
        node =
                ServerProcess.start(
                        plan.launcher(),
                        nodeArguments(plan, streams, lines),
                        environment(key, NODE_HEAP));
        gateway =
                plan.isApart()
                        ? ServerProcess.start(
                                plan.launcher(),
                                gatewayArguments(streams, lines),
                                environment(key, GATEWAY_HEAP))
                        : null;
        load =
                LoadProcess.start(
                        lines > 0
                                ? URI.create("aeron://127.0.0.1:" + lines)
                                : gateway == null ? node.address() : gateway.address(),
                        key,
                        INPUTS_PER_SECOND,
                        ArenaPlugin.stick(),
                        COUNT_EVERY);
        requireArena();
        awaitNodeAtGateway();
    }

    /** Until then it lets nobody in. */
    private void awaitNodeAtGateway() throws IOException {
        long deadline = System.nanoTime() + NODE_HEARD_NANOS_MAX;
        while (gateway != null && !gateway.get("/health").contains("\"healthy\":true")) {
            if (System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("the gateway doesn't hear its node");
            }
            LockSupport.parkNanos(HEALTH_POLL_NANOS);
        }
    }

    private void requireArena() throws IOException {
        String plugins = node.get("/api/plugins");
        if (!plugins.contains("\"" + ArenaPlugin.NAME + "\"")) {
            close();
            throw new IllegalStateException("the node left the arena out: " + plugins);
        }
    }

    private List<String> nodeArguments(Plan plan, int streams, int lines) {
        int groups = Math.max(1, (plan.players() + SHIPS + ROCKS) / MEMBERS_PER_GROUP);
        List<String> arguments = new ArrayList<>();
        arguments.add(plan.isApart() ? "node" : "up");
        arguments.addAll(
                List.of(
                        "--star-system",
                        "arena",
                        "--port",
                        "0",
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--plugin-dir",
                        folder.resolve("plugins").toString(),
                        "--tick-hz",
                        Integer.toString(plan.tickHz())));
        set(arguments, "plugins.arena.ships", SHIPS);
        set(arguments, "plugins.arena.rocks", ROCKS);
        set(arguments, "plugins.arena.groups", groups);
        set(arguments, "plugins.arena.group-metres", GROUP_METRES);
        set(arguments, "plugins.arena.extent-metres", EXTENT_METRES);
        if (plan.isApart()) {
            set(arguments, "streams.port", streams);
        } else {
            setLimits(arguments, lines);
        }
        return arguments;
    }

    private List<String> gatewayArguments(int streams, int lines) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "gateway",
                                "--node",
                                "127.0.0.1:" + streams,
                                "--port",
                                "0",
                                "--data-dir",
                                folder.resolve("gateway").toString()));
        setLimits(arguments, lines);
        return arguments;
    }

    private static void setLimits(List<String> arguments, int lines) {
        set(arguments, "gateway.connections-max", 20_000);
        set(arguments, "gateway.strangers-max", 20_000);
        if (lines > 0) {
            set(arguments, "gateway.aeron", "127.0.0.1:" + lines);
            set(arguments, "gateway.aeron-clients-max", FanOut.AERON_PLAYERS_MAX);
        }
    }

    private static void set(List<String> arguments, String key, Object value) {
        arguments.add("--set");
        arguments.add(key + "=" + value);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, String> environment(String key, String heap) {
        return Map.of("HORIZON_GATEWAY__TICKET_KEY", key, "HORIZON_HEAP", heap);
    }

    /** Where the gateway's time goes now, or the node's where the gateway is inside it. */
    String profile(int seconds) throws IOException {
        Path recording = folder.resolve("profile.jfr");
        (gateway == null ? node : gateway).record(recording, seconds);
        return Profile.of(recording);
    }

    /** Ramps to so many players, lets them settle, and watches for some seconds. */
    Sample measure(int players, int seconds) throws IOException {
        progress.accept(players + " players: " + load.players(players, perSecond));
        read(SETTLE_NANOS);
        load.reset();
        ProcessWatch nodeFrom = node.watch();
        ProcessWatch gatewayFrom = gateway == null ? null : gateway.watch();
        ProcessWatch loadFrom = load.watch();
        Multicast bytesFrom = multicast();
        long quietFrom = counted("nothingNew");
        long spokenFrom = counted("messagesOut");
        read(TimeUnit.SECONDS.toNanos(seconds));
        LoadFigures figures = load.figures();
        long quiet = counted("nothingNew") - quietFrom;
        long spoken = counted("messagesOut") - spokenFrom;
        Multicast bytesTo = multicast();
        ProcessWatch nodeTo = node.watch();
        ProcessWatch loadTo = load.watch();
        ProcessWatch gatewayTo = gateway == null ? null : gateway.watch();
        Sample sample =
                new Sample(
                        players,
                        figures,
                        (double) quiet / Math.max(1, quiet + spoken),
                        nodeTo.coresSince(nodeFrom),
                        gatewayFrom == null || gatewayTo == null
                                ? 0
                                : gatewayTo.coresSince(gatewayFrom),
                        loadTo.coresSince(loadFrom),
                        nodeTo.residentMegabytes(),
                        gatewayTo == null ? 0 : gatewayTo.residentMegabytes(),
                        tickMillisP99(),
                        rate(bytesFrom, bytesTo, figures.value("seconds")));
        progress.accept(
                "%d players: %.2f Hz, age p50 %.1f p99 %.1f ms, servers %.2f cores %.0f MB, load %.2f cores; %s"
                        .formatted(
                                players,
                                figures.value("hz"),
                                figures.value("age-p50"),
                                figures.value("age-p99"),
                                sample.bothCores(),
                                sample.bothMegabytes(),
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
        while (System.nanoTime() < end) {
            origins.addLast(node.status("tickOriginNanos"));
            if (origins.size() > READINGS) {
                origins.removeFirst();
            }
            load.schedule(Collections.min(origins), periodNanos);
            LockSupport.parkNanos(Math.min(READING_NANOS, end - System.nanoTime()));
        }
    }

    /** What the gateway's process counts, all tiers together; 0 where it has none of its own. */
    private long counted(String what) throws IOException {
        return gateway == null ? 0 : sum(gateway.get("/health"), what);
    }

    private static long sum(String json, String key) {
        return Pattern.compile("\"" + key + "\"\\s*:\\s*(\\d+)")
                .matcher(json)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** Bytes since the start. */
    private Multicast multicast() throws IOException {
        String tiers = node.get("/api/channels");
        int end = tiers.indexOf("\"busiest\"");
        int start = tiers.indexOf("\"tiers\"");
        return new Multicast(
                sum(tiers.substring(start, end < start ? tiers.length() : end), "bytes"),
                counted("bytes"),
                counted("bytesBeyondNeed"));
    }

    private static Multicast rate(Multicast from, Multicast to, double seconds) {
        return new Multicast(
                (to.sent() - from.sent()) / seconds,
                (to.received() - from.received()) / seconds,
                (to.beyondNeed() - from.beyondNeed()) / seconds);
    }

    /** Of the node's latest ticks. */
    private double tickMillisP99() throws IOException {
        Matcher found = TICK_P99.matcher(node.get("/api/status"));
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    @Override
    public void close() {
        load.close();
        if (gateway != null) {
            gateway.close();
        }
        node.close();
        IoUtil.delete(folder.toFile(), true);
    }
}
