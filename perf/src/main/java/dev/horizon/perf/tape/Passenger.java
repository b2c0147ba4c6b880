package dev.horizon.perf.tape;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A player who flies a ship, comes back with each life of the node, and knows what they saw. */
final class Passenger {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final long KNOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final SplittableRandom random;
    private LiveReplica replica = new LiveReplica();
    private @Nullable HorizonClient client;
    private String resume = "";
    private long seen;

    Passenger(String name, SplittableRandom random) {
        this.name = name;
        this.random = random;
    }

    /** Logs in, or goes on with their session; waits until they see something. */
    void board(URI server) {
        if (client != null) {
            return;
        }
        replica = new LiveReplica();
        HorizonClient connected;
        if (resume.isEmpty()) {
            String ticket = HorizonClient.ticket(server, name);
            connected = HorizonClient.connect(server, name, ticket, replica);
            connected.send("ship", "take", "{}");
        } else {
            connected = HorizonClient.resume(server, name, resume, replica);
        }
        resume = connected.welcome().resume();
        client = connected;
        if (!replica.await(view -> view.lastTick() > 0, SOON)) {
            throw new IllegalStateException(name + " sees nothing");
        }
    }

    /**
     * Knocks at a standby's gateway until that lets them go on, and sees a later tick than before.
     *
     * @throws HorizonException what is in the way, when that doesn't end in time
     */
    void follow(URI server) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (client == null) {
            try {
                board(server);
            } catch (HorizonException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(KNOCK_NANOS);
            }
        }
        long before = seen;
        if (!replica.await(view -> view.lastTick() > before, SOON)) {
            throw new IllegalStateException(name + " sees nothing behind tick " + before);
        }
    }

    /** Moves the stick. */
    void steer() {
        HorizonClient connected = client;
        if (connected != null) {
            connected.send(
                    "ship",
                    "controls",
                    String.format(
                            Locale.ROOT,
                            "{\"thrustX\":%.2f,\"thrustY\":0,\"thrustZ\":%.2f,\"roll\":0,"
                                    + "\"pitch\":%.2f,\"yaw\":%.2f,\"fire\":false,"
                                    + "\"target\":\"0:0\"}",
                            axis(),
                            axis(),
                            axis(),
                            axis()));
        }
    }

    private double axis() {
        return random.nextInt(-8, 9) / 8.0;
    }

    /** The last tick that they saw so far. */
    long tick() {
        return replica.read(ReplicaView::lastTick);
    }

    /** The last tick that they saw at all, once all that was on its way has come. */
    long endOfLife() {
        HorizonClient connected = client;
        if (connected != null) {
            connected.awaitClosed(SOON);
            connected.close();
            client = null;
        }
        seen = Math.max(seen, tick());
        return seen;
    }
}
