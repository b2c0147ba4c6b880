package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.add;
import static dev.horizon.tools.node.OpenNode.await;
import static dev.horizon.tools.node.OpenNode.awaitHealth;
import static dev.horizon.tools.node.OpenNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.tick.EntityQuery;
import dev.horizon.engine.tick.SessionState;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.net.gateway.TicketKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways as processes of their own, which are killed, drained, and whose node goes away. */
class GatewayProcessTest {
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir Path folder;
    private OpenNode open;

    @BeforeEach
    void choose() {
        open = new OpenNode(folder);
    }

    @Test
    void shouldLoseAndDoubleNoInputWhenAGatewayIsKilled() throws Exception {
        int port = freePort();
        try (NodeProcess node = open.start(port);
                ChildGateway first = ChildGateway.start(port, folder.resolve("one"), open.key())) {
            URI at = first.awaitAddress();
            awaitHealth(at, 200);
            HorizonClient ada = login(at, "Ada");
            HorizonClient bob = login(at, "Bob");
            for (int i = 1; i <= 100; i++) {
                add(ada, i);
            }
            goOnAtAnother(node, port, first, ada, bob);
        }
    }

    /** The other one joins while they play, and nobody notices; then theirs is killed. */
    private void goOnAtAnother(
            NodeProcess node, int port, ChildGateway first, HorizonClient ada, HorizonClient bob)
            throws Exception {
        try (ChildGateway second = ChildGateway.start(port, folder.resolve("two"), open.key())) {
            URI other = second.awaitAddress();
            awaitHealth(other, 200);
            assertThat(lostAt(node, "Ada")).isZero();
            String resume = ada.welcome().resume();
            for (int i = 101; i <= 500; i++) {
                add(ada, i);
            }
            first.kill();

            HorizonClient again = resume(other, "Ada", resume);
            int last = again.welcome().lastInputSequence();
            assertThat(last).isBetween(0, 500);
            for (int i = last + 1; i <= 700; i++) {
                add(again, i);
            }
            await("all inputs", () -> open.of("Ada").size() >= 700);
            assertRefused(() -> resume(other, "Ada", resume), "HZ-GW-017");

            await("the loss is noticed", () -> lostAt(node, "Bob") != 0);
            assertThat(lostAt(node, "Ada")).isZero();
            HorizonClient bobAgain = resume(other, "Bob", bob.welcome().resume());
            add(bobAgain, 1);
            await("Bob's input", () -> open.of("Bob").size() >= 1);
            assertThat(lostAt(node, "Bob")).isZero();
            assertThat(open.of("Ada")).containsExactlyElementsOf(numbers(700));
            assertThat(open.of("Bob")).containsExactly(1);
        }
    }

    @Test
    void shouldListenAndRefusePlayersUntilItHearsItsNodeForTheFirstTime() throws Exception {
        int port = freePort();
        TicketKey.load(false, null, open.key().getParent());
        try (ChildGateway early = ChildGateway.start(port, folder.resolve("early"), open.key())) {
            URI at = early.awaitAddress();
            awaitHealth(at, 503);
            assertRefused(() -> login(at, "Ada"), "HZ-GW-043");
            try (NodeProcess node = open.start(port)) {
                awaitHealth(at, 200);
                HorizonClient ada = login(at, "Ada");
                add(ada, 1);
                await("the input", () -> open.of("Ada").size() == 1);
                assertThat(lostAt(node, "Ada")).isZero();
                ada.close();
            }
        }
    }

    @Test
    void shouldWaitForANodeThatIsAwayAndSendPlayersElsewhereWhenStopped() throws Exception {
        int port = freePort();
        ChildGateway first = null;
        ChildGateway second = null;
        try {
            NodeProcess node = open.start(port);
            try {
                first = ChildGateway.start(port, folder.resolve("one"), open.key());
                second = ChildGateway.start(port, folder.resolve("two"), open.key());
                URI at = first.awaitAddress();
                URI other = second.awaitAddress();
                awaitHealth(at, 200);
                awaitHealth(other, 200);
                HorizonClient ada = login(at, "Ada");
                add(ada, 1);
                // What is still on its way to a gateway that stops is for the client to say again.
                await("the input", () -> open.of("Ada").size() == 1);
                assertThat(first.stop()).isIn(0, 143);
                assertThat(refusal(ada)).isEqualTo("HZ-GW-042");
                HorizonClient again = resume(other, "Ada", ada.welcome().resume());
                assertThat(again.welcome().lastInputSequence()).isEqualTo(1);

                String ticket = again.welcome().resume();
                node.close();
                awaitHealth(other, 503);
                assertRefused(() -> login(other, "Eve"), "HZ-GW-043");
                node = open.start(port);
                awaitHealth(other, 200);
                assertRefused(() -> resume(other, "Ada", ticket), "HZ-GW-017");
                HorizonClient fresh = login(other, "Ada");
                add(fresh, 1);
                await("the input", () -> open.of("Ada").size() >= 2);
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

    private static long lostAt(NodeProcess node, String player) {
        EntityQuery sessions = new EntityQuery(List.of("SessionState"), List.of(), 100);
        return node.loop().inspector().query(sessions).join().stream()
                .map(view -> (SessionState) view.components().get("SessionState"))
                .filter(state -> state.name().equals(player))
                .findFirst()
                .orElseThrow()
                .lostAtTick();
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

    private static List<Integer> numbers(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }
}
