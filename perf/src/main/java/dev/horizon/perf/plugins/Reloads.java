package dev.horizon.perf.plugins;

import dev.horizon.perf.Figure;
import dev.horizon.perf.arena.ArenaPlugin;
import dev.horizon.perf.load.LoadProcess;
import dev.horizon.perf.processes.PluginJar;
import dev.horizon.perf.processes.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.IoUtil;

/**
 * A node whose plugin is loaded again and again while players steer the ships that it gave them.
 * Each reload is a new class loader; the last one is tried on the tape first, as an author's is.
 * Metaspace also holds what the compiler has counted of methods, which grows while the node is
 * young; so it is the second half of the reloads that must add nothing.
 */
final class Reloads {
    private static final String PLUGIN = ArenaPlugin.NAME;
    private static final String LOADER = "PluginClassLoader";
    private static final String ORDERS = "/api/plugin";
    private static final int KEY_BYTES = 32;
    private static final double INPUTS_PER_SECOND = 4;
    private static final int PLAYERS_PER_SECOND = 50;

    /** What the first ones load beside the plugin is loaded once. */
    private static final int WARM_UP = 5;

    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What waits to be compiled keeps its classes until it is or isn't. */
    private static final int COLLECTIONS_MAX = 120;

    private static final long COLLECTION_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double METASPACE_MEGABYTES_MAX = 1;

    private final Path launcher;
    private final int players;
    private final int reloads;
    private final Consumer<String> progress;

    Reloads(Path launcher, int players, int reloads, Consumer<String> progress) {
        this.launcher = launcher;
        this.players = players;
        this.reloads = reloads;
        this.progress = progress;
    }

    List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("horizon-reloads-");
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getEncoder().encodeToString(secret);
        PluginJar.write(folder.resolve("plugins"), PLUGIN, ArenaPlugin.class);
        try (ServerProcess node =
                        ServerProcess.start(
                                launcher,
                                arguments(folder),
                                Map.of("HORIZON_GATEWAY__TICKET_KEY", key));
                LoadProcess load =
                        LoadProcess.start(
                                node.address(), key, INPUTS_PER_SECOND, ArenaPlugin.stick(), 0)) {
            progress.accept(load.players(players, PLAYERS_PER_SECOND));
            LockSupport.parkNanos(SETTLE_NANOS);
            String token = Files.readString(folder.resolve("data/operator.token")).strip();
            return measure(node, load, token);
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private static List<String> arguments(Path folder) {
        return List.of(
                "up",
                "--star-system",
                "arena",
                "--port",
                "0",
                "--data-dir",
                folder.resolve("data").toString(),
                "--plugin-dir",
                folder.resolve("plugins").toString());
    }

    private List<Figure> measure(ServerProcess node, LoadProcess load, String token)
            throws IOException {
        long playing = node.status("players");
        for (int i = 0; i < WARM_UP; i++) {
            reload(node, token, "--force");
        }
        long loadersBefore = loaders(node, 1);
        double metaspaceBefore = metaspaceMegabytes(node);
        long overrunsBefore = node.status("overruns");
        double metaspaceHalfway = metaspaceBefore;
        long[] nanos = new long[reloads];
        long beyond = 0;
        for (int i = 0; i < reloads; i++) {
            long overruns = node.status("overruns");
            nanos[i] = reload(node, token, "--force");
            LockSupport.parkNanos(PAUSE_NANOS);
            beyond += Math.max(0, node.status("overruns") - overruns - 1);
            if (i + 1 == reloads / 2) {
                loaders(node, loadersBefore);
                metaspaceHalfway = metaspaceMegabytes(node);
            }
            if ((i + 1) % 100 == 0) {
                progress.accept((i + 1) + " reloads");
            }
        }
        long overruns = node.status("overruns") - overrunsBefore;
        long loadersLeft = loaders(node, loadersBefore);
        double metaspace = metaspaceMegabytes(node);
        long tried = reload(node, token, "");
        Arrays.sort(nanos);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.atLeast("players during reloads", playing, "", players));
        figures.add(Figure.plain("reloads in a row", reloads, ""));
        figures.add(Figure.atMost("players lost", playing - node.status("players"), "", 0));
        figures.add(
                Figure.atMost("connections that failed", load.figures().value("failed"), "", 0));
        figures.add(Figure.plain("ticks over budget", overruns, ""));
        figures.add(Figure.atMost("of these beyond one for each reload", beyond, "", 0));
        figures.add(Figure.atMost("plugins' class loaders left over", loadersLeft - 1.0, "", 0));
        figures.add(
                Figure.plain(
                        "metaspace grown by, first half",
                        metaspaceHalfway - metaspaceBefore,
                        "MB"));
        figures.add(
                Figure.atMost(
                        "metaspace grown by, second half",
                        metaspace - metaspaceHalfway,
                        "MB",
                        METASPACE_MEGABYTES_MAX));
        figures.add(Figure.plain("a reload, median", nanos[reloads / 2] / 1e6, "ms"));
        figures.add(Figure.plain("a reload, longest", nanos[reloads - 1] / 1e6, "ms"));
        figures.add(Figure.plain("a reload that is tried first", tried / 1e6, "ms"));
        return figures;
    }

    private static long reload(ServerProcess node, String token, String further)
            throws IOException {
        long start = System.nanoTime();
        node.post(ORDERS, token, ("reload\n" + PLUGIN + "\n" + further).strip());
        return System.nanoTime() - start;
    }

    /** How many are left once the collector has looked, several times while there are more. */
    private static long loaders(ServerProcess node, long expected) throws IOException {
        long left = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS_MAX && left > expected; i++) {
            if (i > 0) {
                LockSupport.parkNanos(COLLECTION_PAUSE_NANOS);
            }
            tool("jcmd", Long.toString(node.pid()), "GC.run");
            left =
                    tool("jcmd", Long.toString(node.pid()), "VM.classloader_stats")
                            .lines()
                            .filter(line -> line.contains(LOADER))
                            .count();
        }
        return left;
    }

    private static double metaspaceMegabytes(ServerProcess node) throws IOException {
        String[] lines = tool("jstat", "-gc", Long.toString(node.pid())).strip().split("\n");
        List<String> names = List.of(lines[0].strip().split("\\s+"));
        String[] values = lines[1].strip().split("\\s+");
        return Double.parseDouble(values[names.indexOf("MU")]) / 1_000;
    }

    private static String tool(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
