package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.plugins.sol.SolPlugin;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A node in this process, open to gateways of others, that keeps the numbers players add. */
final class OpenNode {
    private static final int ADD =
            new EventShape(EventShape.Direction.FROM_CLIENT, "test", "add", false, List.of()).id();

    record Add(int number) {}

    final Map<String, Queue<Integer>> added = new ConcurrentHashMap<>();
    private final Path folder;

    OpenNode(Path folder) {
        this.folder = folder;
    }

    /** Starts a life of it, in an empty star system. */
    NodeProcess start(int port) {
        return start(port, false);
    }

    /** Starts a life of it; a lively one has ships that fly about. */
    NodeProcess start(int port, boolean isLively) {
        List<Setting> settings = new ArrayList<>();
        settings.add(set("node.port", "0"));
        settings.add(set("node.data-dir", folder.resolve("node").toString()));
        settings.add(set("streams.transport", "mdc"));
        settings.add(set("streams.port", Integer.toString(port)));
        if (isLively) {
            settings.add(set("plugins.sol.ships", "200"));
            settings.add(set("plugins.sol.objects", "0"));
        }
        HorizonConfig config = ConfigLoader.load(settings, Map.of(), null).config();
        Plugin counting =
                registrar ->
                        registrar
                                .events()
                                .onClient(
                                        "test",
                                        "add",
                                        Add.class,
                                        (event, player, context) ->
                                                of(player.name()).add(event.number()));
        PluginHost host = NodeProcess.host(config);
        host.add(counting, PluginDescriptor.of("counting", counting.getClass()));
        if (isLively) {
            host.add(new SolPlugin(), PluginDescriptor.of("sol", SolPlugin.class));
        }
        return NodeProcess.start(config, host, new StartOptions(true, false));
    }

    /** What gateways need besides its address. */
    Path key() {
        return folder.resolve("node").resolve("ticket.key");
    }

    /** The numbers that a player added, in order. */
    Queue<Integer> of(String player) {
        return added.computeIfAbsent(player, name -> new ConcurrentLinkedQueue<>());
    }

    static void add(HorizonClient client, int number) {
        client.sendEvent(
                ADD, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    }

    static void awaitHealth(URI at, int status) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(at.resolve("/health")).build();
        await(
                "health " + status,
                () -> {
                    try {
                        return http.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == status;
                    } catch (IOException e) {
                        return false;
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }

    /** Free a moment ago, with those behind it most likely free too. */
    static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }
}
