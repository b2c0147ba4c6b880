package dev.horizon.perf.tape;

import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.replay.Rerun;
import dev.horizon.perf.Figure;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.IoUtil;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills nodes at random instants under players. Each has a standby, which takes over and has one of
 * its own by the time that it is killed. Then what each of them recorded is run again.
 */
final class TakeoverSeries {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int PLAYERS = 20;

    /** Played with an attached standby before a kill: up to a snapshot's time. */
    private static final int PLAY_TICKS = 200;

    /** A standby takes three UDP ports, and eight for gateways of other processes. */
    private static final int PORTS = 11;

    private static final int PORT_MIN = 20_000;
    private static final int PORT_MAX = 32_000;
    private static final int PORT_TRIES = 1_000;
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int VERIFY_THREADS = 2;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path launcher;
    private final SplittableRandom random;
    private final int takeovers;
    private final Consumer<String> progress;
    private final List<Double> firstBack = new ArrayList<>();
    private final List<Double> allBack = new ArrayList<>();
    private long lost;
    private long ranTwice;
    private long differing;
    private int failed;

    TakeoverSeries(Path launcher, long seed, int takeovers, Consumer<String> progress) {
        this.launcher = launcher;
        this.random = new SplittableRandom(seed);
        this.takeovers = takeovers;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("horizon-takeover-");
        try {
            chain(folder);
            for (int life = 1; life <= firstBack.size(); life++) {
                progress.accept("standby: life " + life + " is run again");
                verify(data(folder, life));
            }
        } finally {
            for (int life = 0; Files.exists(data(folder, life)); life++) {
                clearUp(data(folder, life));
            }
            IoUtil.delete(folder.toFile(), true);
        }
        return List.of(
                Figure.plain("takeovers, under " + PLAYERS + " players who fly", takeovers, ""),
                Figure.atMost(
                        "standby takeover, from the kill to a tick that a player sees, median",
                        at(firstBack, 0.5),
                        "s",
                        2),
                Figure.atMost("standby takeover, worst", at(firstBack, 1), "s", 2),
                Figure.plain("all players see ticks again, median", at(allBack, 0.5), "s"),
                Figure.plain("all players see ticks again, worst", at(allBack, 1), "s"),
                Figure.atMost("ticks lost that a client saw", lost, "", 0),
                Figure.atMost("ticks that ran twice", ranTwice, "", 0),
                Figure.atMost(
                        "ticks that come to another hash, all tapes run again", differing, "", 0),
                Figure.atMost("kills after which nobody took over", failed, "", 0));
    }

    /** What a killed node leaves in shared memory its folder's next life takes away. */
    private static void clearUp(Path data) {
        EmbeddedDriver.start(DriverConfig.at(data)).close();
    }

    private void chain(Path folder) throws IOException, InterruptedException {
        Passengers players = new Passengers(PLAYERS, random);
        int ports = freePorts();
        LaunchedNode node = start(data(folder, 0), ports, "up");
        LaunchedNode standby = node;
        try {
            players.board(requireAddress(node));
            for (int round = 1; round <= takeovers && failed == 0; round++) {
                progress.accept("standby: takeover " + round + " of " + takeovers);
                int next = freePorts();
                standby =
                        start(
                                data(folder, round),
                                next,
                                "standby",
                                "--of",
                                "127.0.0.1:" + ports,
                                "--set",
                                "gateway.ticket-key-file=" + data(folder, 0).resolve("ticket.key"));
                ports = next;
                awaitAttached(node, standby);
                players.fly(random.nextInt(PLAY_TICKS));
                long killed = System.nanoTime();
                node.kill();
                node = standby;
                takeOver(players, standby, killed);
            }
        } finally {
            node.close();
            standby.close();
        }
    }

    private void takeOver(Passengers players, LaunchedNode standby, long killed)
            throws InterruptedException {
        URI address = requireAddress(standby);
        long seen = players.endOfLife();
        long[] back = players.follow(address);
        firstBack.add((back[0] - killed) / 1e9);
        allBack.add((back[PLAYERS - 1] - killed) / 1e9);
        LaunchedNode.Comeback over = standby.awaitComeback();
        if (over == null) {
            failed++;
        } else {
            lost += Math.max(0, seen - over.tick());
        }
    }

    /** The copy of the node's tape, and the own one, which goes on behind it. */
    private void verify(Path data) {
        long last = 0;
        for (TapeFile tape : TapeFile.list(data)) {
            try (Rerun rerun = Rerun.of(tape, data, VERIFY_THREADS)) {
                ranTwice += Math.max(0, last + 1 - tape.header().firstTick());
                while (rerun.difference() == null && rerun.step()) {
                    // Compares.
                }
                differing += rerun.difference() == null ? 0 : 1;
                rerun.finish();
                last = rerun.tick();
            }
        }
    }

    private LaunchedNode start(Path data, int ports, String... verb)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(
                List.of(
                        "--port",
                        "0",
                        "--data-dir",
                        data.toString(),
                        "--set",
                        "standby.port=" + ports,
                        "--set",
                        "streams.port=" + (ports + 3)));
        return LaunchedNode.start(launcher, arguments.toArray(String[]::new));
    }

    private static URI requireAddress(LaunchedNode node) {
        URI address = node.address();
        if (address == null) {
            throw new IllegalStateException("a process ended before it listened: see above");
        }
        return address;
    }

    /** As an operator would look: at both. */
    private static void awaitAttached(LaunchedNode node, LaunchedNode standby)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (!isAttached(requireAddress(node)) || !isAttached(requireAddress(standby))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the standby didn't attach within " + SOON);
            }
            LockSupport.parkNanos(ASK_NANOS);
        }
    }

    private static boolean isAttached(URI server) throws IOException, InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(server.resolve("/api/standby")).build();
        String answer = HTTP.send(ask, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(answer).path("attached").asBoolean();
    }

    /** Below those that the kernel gives out by itself. */
    private int freePorts() {
        for (int i = 0; i < PORT_TRIES; i++) {
            int first = random.nextInt(PORT_MIN, PORT_MAX);
            if (areFree(first)) {
                return first;
            }
        }
        throw new IllegalStateException("no " + PORTS + " free UDP ports in a row");
    }

    private static boolean areFree(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private static Path data(Path folder, int life) {
        return folder.resolve("life-" + life);
    }

    private static double at(List<Double> of, double share) {
        List<Double> sorted = of.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
