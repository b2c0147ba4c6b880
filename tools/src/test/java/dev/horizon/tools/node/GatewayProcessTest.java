package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.tick.EntityQuery;
import dev.horizon.engine.tick.SessionState;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways as processes of their own, which are killed, drained, and whose node goes away. */
class GatewayProcessTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ADD =
            new EventShape(EventShape.Direction.FROM_CLIENT, "test", "add", false, List.of()).id();

    record Add(int number) {}

    @TempDir Path folder;
    private final Map<String, Queue<Integer>> added = new ConcurrentHashMap<>();

    @Test
    void shouldLoseAndDoubleNoInputWhenAGatewayIsKilled() throws Exception {
        int port = freePort();
        try (NodeProcess node = node(port);
                ChildGateway first = ChildGateway.start(port, folder.resolve("one"), key());
                ChildGateway second = ChildGateway.start(port, folder.resolve("two"), key())) {
            URI at = first.awaitAddress();
            URI other = second.awaitAddress();
            awaitHealth(at, 200);
            awaitHealth(other, 200);
            HorizonClient ada = login(at, "Ada");
            HorizonClient bob = login(at, "Bob");
            String resume = ada.welcome().resume();
            for (int i = 1; i <= 500; i++) {
                add(ada, i);
            }
            first.kill();

            HorizonClient again = resume(other, "Ada", resume);
            int last = again.welcome().lastInputSequence();
            assertThat(last).isBetween(0, 500);
            for (int i = last + 1; i <= 700; i++) {
                add(again, i);
            }
            await("all inputs", () -> count("Ada") >= 700);
            assertRefused(() -> resume(other, "Ada", resume), "HZ-GW-017");

            await("the loss is noticed", () -> lostAt(node, "Bob") != 0);
            assertThat(lostAt(node, "Ada")).isZero();
            HorizonClient bobAgain = resume(other, "Bob", bob.welcome().resume());
            add(bobAgain, 1);
            await("Bob's input", () -> count("Bob") >= 1);
            assertThat(lostAt(node, "Bob")).isZero();
            assertThat(added.get("Ada")).containsExactlyElementsOf(numbers(700));
            assertThat(added.get("Bob")).containsExactly(1);
        }
    }

    @Test
    void shouldWaitForANodeThatIsAwayAndSendPlayersElsewhereWhenStopped() throws Exception {
        int port = freePort();
        ChildGateway first = null;
        ChildGateway second = null;
        try {
            NodeProcess node = node(port);
            try {
                first = ChildGateway.start(port, folder.resolve("one"), key());
                second = ChildGateway.start(port, folder.resolve("two"), key());
                URI at = first.awaitAddress();
                URI other = second.awaitAddress();
                awaitHealth(at, 200);
                awaitHealth(other, 200);
                HorizonClient ada = login(at, "Ada");
                add(ada, 1);
                assertThat(first.stop()).isIn(0, 143);
                assertThat(refusal(ada)).isEqualTo("HZ-GW-042");
                HorizonClient again = resume(other, "Ada", ada.welcome().resume());
                assertThat(again.welcome().lastInputSequence()).isEqualTo(1);

                String ticket = again.welcome().resume();
                node.close();
                awaitHealth(other, 503);
                assertRefused(() -> login(other, "Eve"), "HZ-GW-043");
                node = node(port);
                awaitHealth(other, 200);
                assertRefused(() -> resume(other, "Ada", ticket), "HZ-GW-017");
                HorizonClient fresh = login(other, "Ada");
                add(fresh, 1);
                await("the input", () -> count("Ada") >= 2);
            } finally {
                node.close();
            }
        } finally {
            if (first != null) {
                first.close();
            }
            if (second != null) {
                second.close();
            }
        }
    }

    private NodeProcess node(int port) {
        HorizonConfig config =
                ConfigLoader.load(
                                List.of(
                                        set("node.port", "0"),
                                        set("node.data-dir", folder.resolve("node").toString()),
                                        set("streams.transport", "mdc"),
                                        set("streams.port", Integer.toString(port))),
                                Map.of(),
                                null)
                        .config();
        Plugin counting =
                registrar ->
                        registrar
                                .events()
                                .onClient(
                                        "test",
                                        "add",
                                        Add.class,
                                        (event, player, context) ->
                                                added.computeIfAbsent(
                                                                player.name(),
                                                                name ->
                                                                        new ConcurrentLinkedQueue<>())
                                                        .add(event.number()));
        PluginHost host = NodeProcess.host(config);
        host.add(counting, PluginDescriptor.of("counting", counting.getClass()));
        return NodeProcess.startOpen(config, host);
    }

    private Path key() {
        return folder.resolve("node").resolve("ticket.key");
    }

    private int count(String player) {
        return added.getOrDefault(player, new ConcurrentLinkedQueue<>()).size();
    }

    private static long lostAt(NodeProcess node, String player) {
        EntityQuery sessions = new EntityQuery(List.of("SessionState"), List.of(), 100);
        return node.loop().inspector().query(sessions).join().stream()
                .map(view -> (SessionState) view.components().get("SessionState"))
                .filter(state -> state.name().equals(player))
                .findFirst()
                .orElseThrow()
                .lostAtTick();
    }

    private static void add(HorizonClient client, int number) {
        client.sendEvent(
                ADD, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    }

    private static HorizonClient login(URI at, String player) {
        return HorizonClient.connect(at, player, HorizonClient.ticket(at, player));
    }

    private static HorizonClient resume(URI at, String player, String ticket) {
        return HorizonClient.resume(at, player, ticket, (buffer, length) -> {});
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable what, String code) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static String refusal(HorizonClient client) {
        ServerEvent refused = client.await("session", "refused", SOON);
        assertThat(refused).isNotNull();
        return refused.data().path("code").asString();
    }

    private static void awaitHealth(URI at, int status) {
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

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }

    /** Free a moment ago, with those behind it most likely free too. */
    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }
}
