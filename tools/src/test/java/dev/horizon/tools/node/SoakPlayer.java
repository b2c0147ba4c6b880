package dev.horizon.tools.node;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import java.net.URI;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Flies, talks, logs out, loses its connection and comes back, as the dice say. */
final class SoakPlayer implements AutoCloseable {
    private final String name;
    private final SplittableRandom random;
    private LiveReplica replica = new LiveReplica();
    private @Nullable HorizonClient client;
    private String resume = "";
    private long seen;
    private int comebacks;

    SoakPlayer(String name, SplittableRandom random) {
        this.name = name;
        this.random = random;
    }

    /** Does one thing. */
    void act(URI server) {
        HorizonClient connected = client;
        if (connected == null) {
            client = connect(server);
            return;
        }
        try {
            switch (random.nextInt(24)) {
                case 0 -> {
                    connected.leave();
                    resume = "";
                    gone();
                }
                case 1 -> {
                    connected.cut();
                    gone();
                }
                case 2, 3 ->
                        connected.send("chat", "message", "{\"text\":\"hello from " + name + "\"}");
                case 4 -> connected.send("ship", "take", "{}");
                default -> connected.send("ship", "controls", controls());
            }
        } catch (HorizonException | IllegalStateException lost) {
            // The node went away.
            gone();
        }
    }

    private HorizonClient connect(URI server) {
        replica = new LiveReplica();
        HorizonClient connected;
        if (resume.isEmpty()) {
            String ticket = HorizonClient.ticket(server, name);
            connected = HorizonClient.connect(server, name, ticket, replica);
        } else {
            connected = HorizonClient.resume(server, name, resume, replica);
            comebacks++;
        }
        resume = connected.welcome().resume();
        return connected;
    }

    private String controls() {
        return String.format(
                Locale.ROOT,
                "{\"thrustX\":%.1f,\"thrustY\":0,\"thrustZ\":%.1f,\"roll\":0,\"pitch\":%.1f,"
                        + "\"yaw\":%.1f,\"fire\":%s,\"target\":\"0:0\"}",
                axis(),
                axis(),
                axis(),
                axis(),
                random.nextInt(4) == 0);
    }

    private double axis() {
        return random.nextInt(-4, 5) / 4.0;
    }

    private void gone() {
        seen = seen();
        client = null;
    }

    /** How often it went on with its session. */
    int comebacks() {
        return comebacks;
    }

    /** The last tick that it saw. */
    long seen() {
        return Math.max(seen, replica.read(ReplicaView::lastTick));
    }

    @Override
    public void close() {
        HorizonClient connected = client;
        if (connected != null) {
            connected.close();
        }
    }
}
