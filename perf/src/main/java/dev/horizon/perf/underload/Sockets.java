package dev.horizon.perf.underload;

import dev.horizon.perf.Figure;
import dev.horizon.perf.processes.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What connections that say nothing take of a node's memory, at most: what its process has resident
 * more, and what its heap holds more after a collection, for the heap's pages may be resident
 * already. In an empty star system, so that little else changes meanwhile. A hundred come first,
 * for what the process needs once; memory that was used before isn't asked for again, so there is
 * one round.
 */
final class Sockets {
    private static final int SOCKETS = 2_000;
    private static final int FIRST_SOCKETS = 100;
    private static final double KIB_MAX = 16;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long OPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);
    private static final long CLOSED_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private Sockets() {}

    static Figure measure(Path launcher, Path data) throws IOException {
        List<String> arguments =
                List.of(
                        "up",
                        "--port",
                        "0",
                        "--data-dir",
                        data.toString(),
                        "--set",
                        "plugins.sol.ships=0",
                        "--set",
                        "plugins.sol.objects=0");
        try (ServerProcess node = ServerProcess.start(launcher, arguments, Map.of())) {
            LockSupport.parkNanos(WARM_UP_NANOS);
            kib(node, FIRST_SOCKETS);
            return Figure.atMost(
                    "memory for each of 2,000 silent connections, heap and process",
                    kib(node, SOCKETS),
                    "KiB",
                    KIB_MAX);
        }
    }

    private static double kib(ServerProcess node, int sockets) throws IOException {
        URI address = node.address();
        InetSocketAddress server = new InetSocketAddress(address.getHost(), address.getPort());
        List<SocketChannel> open = new ArrayList<>();
        double before = bytes(node);
        try {
            for (int i = 0; i < sockets; i++) {
                open.add(SocketChannel.open(server));
            }
            LockSupport.parkNanos(OPEN_NANOS);
            return (bytes(node) - before) / 1_024 / sockets;
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
            LockSupport.parkNanos(CLOSED_NANOS);
        }
    }

    private static double bytes(ServerProcess node) throws IOException {
        Process collection =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(node.pid()),
                                "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            collection.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String heap = "horizon_heap_used_bytes ";
        double used =
                node.get("/metrics")
                        .lines()
                        .filter(line -> line.startsWith(heap))
                        .mapToDouble(line -> Double.parseDouble(line.substring(heap.length())))
                        .findFirst()
                        .orElseThrow();
        return used + node.watch().residentBytes();
    }
}
