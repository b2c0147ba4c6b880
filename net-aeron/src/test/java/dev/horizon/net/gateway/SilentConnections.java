package dev.horizon.net.gateway;

import dev.horizon.net.client.HorizonClient;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens connections that say nothing, and prints how a player fares meanwhile. Each takes two open
 * files, one for either end: the default is what a limit of 20,000 allows.
 */
public final class SilentConnections {
    private static final int CONNECTIONS = 9_900;
    private static final int ROUNDS = 200;

    private SilentConnections() {}

    /** Runs it; the first argument may be another number of connections. */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CONNECTIONS;
        Path folder = Files.createTempDirectory("silent");
        List<SocketChannel> silent = new ArrayList<>();
        try (GatewayRig rig = new GatewayRig(folder);
                HorizonClient ada = rig.client("Ada")) {
            System.out.println("alone: round trip p99 " + roundTripMicros(rig, ada) + " us");
            long before = used();
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                silent.add(
                        SocketChannel.open(new InetSocketAddress("127.0.0.1", rig.gateway.port())));
            }
            System.out.printf(
                    "%d connections in %d ms%n", count, (System.nanoTime() - began) / 1_000_000);
            System.out.printf("%d bytes each on the heap%n", (used() - before) / count);
            System.out.println("among them: round trip p99 " + roundTripMicros(rig, ada) + " us");
            Await.until("they are gone", () -> rig.gateway.metrics().snapshot().strangers() == 0);
            System.out.printf(
                    "gone after %d ms; refusals %s%n",
                    (System.nanoTime() - began) / 1_000_000,
                    rig.gateway.metrics().snapshot().refusals());
        } finally {
            for (SocketChannel channel : silent) {
                channel.close();
            }
            Files.deleteIfExists(folder.resolve("ticket.key"));
            Files.deleteIfExists(folder);
        }
    }

    private static long roundTripMicros(GatewayRig rig, HorizonClient ada) throws Exception {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            ada.send("session", "ping", "{\"clientTime\":1}");
            if (ada.await("session", "pong", Duration.ofSeconds(5)) == null) {
                throw new AssertionError("no pong in 5 s");
            }
            nanos[i] = System.nanoTime() - began;
            LockSupport.parkNanos(20_000_000);
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS * 99 / 100] / 1_000;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
