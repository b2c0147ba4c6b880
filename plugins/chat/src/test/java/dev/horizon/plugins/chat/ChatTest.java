package dev.horizon.plugins.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.PlayerConnected;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.Position;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTest {
    @Test
    void shouldBringWhatOneSaysToAll() {
        try (TestWorld world = TestWorld.with(Chat.class)) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            ada.send("chat", "message", new ChatMessage("  anyone here? "));
            eve.send("chat", "message", new ChatMessage("yes"));
            world.tick(1);

            ChatLine[] lines = {new ChatLine("Ada", "anyone here?"), new ChatLine("Eve", "yes")};
            assertThat(ada.received(ChatLine.class)).containsExactly(lines);
            assertThat(eve.received(ChatLine.class)).containsExactly(lines);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines", "a\u0007bell"})
    void shouldRefuseWhatIsNoLineOfText(String text) {
        assertRefused(text, "HZ-CHT-001");
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertRefused("x".repeat(257), "HZ-CHT-002");
    }

    @Test
    void shouldSlowDownWhoTalksTooFastAndNobodyElse() {
        try (TestWorld world =
                TestWorld.builder()
                        .plugin(Chat.class)
                        .config("chat", "burst", 2)
                        .config("chat", "messages-per-second", 1)
                        .build()) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            for (int i = 0; i < 4; i++) {
                ada.send("chat", "message", new ChatMessage("spam " + i));
            }
            eve.send("chat", "message", new ChatMessage("hi"));
            world.tick(1);
            assertThat(eve.received(ChatLine.class)).hasSize(3);
            assertThat(ada.refusals())
                    .hasSize(2)
                    .allSatisfy(refusal -> assertThat(refusal).startsWith("HZ-CHT-003"));

            world.tick(19);
            ada.send("chat", "message", new ChatMessage("again"));
            world.tick(1);
            assertThat(eve.received(ChatLine.class)).hasSize(4);
        }
    }

    @Test
    void shouldRefuseSettingsThatNoChatCanBe() {
        assertThatThrownBy(() ->
                        TestWorld.builder()
                                .plugin(Chat.class)
                                .config("chat", "length-max", 0)
                                .build())
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("length-max is 0");
    }

    /** Puts each player into a ship at a distance along x. */
    private static TestWorld flying(Map<String, Double> places) {
        Plugin bridge =
                registrar ->
                        registrar
                                .events()
                                .on(
                                        PlayerConnected.class,
                                        (event, context) -> {
                                            double x = places.get(event.player().name());
                                            context.players()
                                                    .focus(
                                                            event.player(),
                                                            context.world()
                                                                    .create(new Position(x, 0, 0)));
                                        });
        return TestWorld.builder().plugin(Chat.class).plugin("bridge", bridge).build();
    }

    @Test
    void shouldBringLocalToThoseNearAndDirectToOne() {
        try (TestWorld world = flying(Map.of("Ada", 0.0, "Bob", 15_000.0, "Eve", 90_000.0))) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer bob = world.connect("Bob");
            FakePlayer eve = world.connect("Eve");
            ada.send("chat", "say", new ChatEvents.Say(Channel.LOCAL, "", "near?"));
            ada.send("chat", "say", new ChatEvents.Say(Channel.DIRECT, "Eve", "psst"));
            world.tick(1);
            var near = new ChatEvents.Said(Channel.LOCAL, "Ada", "", "near?");
            var direct = new ChatEvents.Said(Channel.DIRECT, "Ada", "Eve", "psst");
            assertThat(ada.received(ChatEvents.Said.class)).containsExactly(near, direct);
            assertThat(bob.received(ChatEvents.Said.class)).containsExactly(near);
            assertThat(eve.received(ChatEvents.Said.class)).containsExactly(direct);
        }
    }

    @Test
    void shouldBringGalaxyToThePlayersOfAllNodes() {
        try (TestWorld sol = TestWorld.with(Chat.class);
                TestWorld vega = TestWorld.builder().plugin(Chat.class).idBlock(2).build()) {
            FakePlayer ada = sol.connect("Ada");
            FakePlayer bob = sol.connect("Bob");
            FakePlayer eve = vega.connect("Eve");
            TestMesh mesh = TestMesh.of(sol, vega);
            bob.send("chat", "mute", new ChatEvents.Mute("Ada", true));
            ada.send("chat", "say", new ChatEvents.Say(Channel.GALAXY, "", "hello?"));
            eve.send("chat", "say", new ChatEvents.Say(Channel.GALAXY, "", "hello!"));
            mesh.tick(3);
            var first = new ChatEvents.Said(Channel.GALAXY, "Ada", "", "hello?");
            var second = new ChatEvents.Said(Channel.GALAXY, "Eve", "", "hello!");
            assertThat(ada.received(ChatEvents.Said.class)).containsExactly(first, second);
            assertThat(bob.received(ChatEvents.Said.class)).containsExactly(second);
            assertThat(eve.received(ChatEvents.Said.class))
                    .containsExactlyInAnyOrder(first, second);
        }
    }

    @Test
    void shouldBringDirectToWhoIsOnAnotherNode() {
        try (TestWorld sol = TestWorld.with(Chat.class);
                TestWorld vega = TestWorld.builder().plugin(Chat.class).idBlock(2).build();
                TestWorld mira = TestWorld.builder().plugin(Chat.class).idBlock(3).build()) {
            FakePlayer ada = sol.connect("Ada");
            FakePlayer eve = vega.connect("Eve");
            FakePlayer bob = mira.connect("Bob");
            TestMesh mesh = TestMesh.of(sol, vega, mira);
            ada.send("chat", "say", new ChatEvents.Say(Channel.DIRECT, "Eve", "psst"));
            ada.send("chat", "say", new ChatEvents.Say(Channel.DIRECT, "Nobody", "psst"));
            mesh.tick(1);
            assertThat(ada.received(ChatEvents.Said.class)).as("before it is there").isEmpty();
            mesh.tick(3);
            var said = new ChatEvents.Said(Channel.DIRECT, "Ada", "Eve", "psst");
            assertThat(eve.received(ChatEvents.Said.class)).containsExactly(said);
            assertThat(ada.received(ChatEvents.Said.class)).containsExactly(said);
            assertThat(bob.received(ChatEvents.Said.class)).isEmpty();
        }
    }

    @Test
    void shouldBringGalaxyToWhoIsHereWhereTheNodeIsAlone() {
        try (TestWorld world = TestWorld.with(Chat.class)) {
            FakePlayer ada = world.connect("Ada");
            ada.send("chat", "say", new ChatEvents.Say(Channel.GALAXY, "", "hello?"));
            ada.send("chat", "say", new ChatEvents.Say(Channel.DIRECT, "Nobody", "hello?"));
            world.tick(1);
            assertThat(ada.received(ChatEvents.Said.class)).hasSize(1);
            assertThat(ada.refusals()).singleElement().asString().startsWith("HZ-CHT-005");
        }
    }

    @Test
    void shouldKeepMutedPlayersUnheardOverLogins() {
        try (TestWorld world = TestWorld.with(Chat.class)) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            ada.send("chat", "mute", new ChatEvents.Mute("Eve", true));
            world.tick(1);
            ada.disconnect();
            ada.connect();
            eve.send("chat", "message", new ChatMessage("spam"));
            world.tick(1);
            assertThat(ada.received(ChatLine.class)).isEmpty();
            assertThat(eve.received(ChatLine.class)).hasSize(1);
            ada.send("chat", "mute", new ChatEvents.Mute("Eve", false));
            eve.send("chat", "message", new ChatMessage("sorry"));
            world.tick(1);
            assertThat(ada.received(ChatLine.class)).containsExactly(new ChatLine("Eve", "sorry"));
        }
    }

    @Test
    void shouldLetOperatorsSilence() {
        try (TestWorld world = TestWorld.with(Chat.class)) {
            FakePlayer eve = world.connect("Eve");
            assertThat(world.command("chat:silence Eve 1")).isEqualTo("Eve is silent for 1 s");
            eve.send("chat", "message", new ChatMessage("spam"));
            world.tick(1);
            assertThat(eve.refusals()).singleElement().asString().startsWith("HZ-CHT-006");
            world.tick(20);
            eve.send("chat", "message", new ChatMessage("sorry"));
            world.tick(1);
            assertThat(eve.received(ChatLine.class)).hasSize(1);
        }
    }

    private static void assertRefused(String text, String code) {
        try (TestWorld world = TestWorld.with(Chat.class)) {
            FakePlayer ada = world.connect("Ada");
            ada.send("chat", "message", new ChatMessage(text));
            world.tick(1);

            assertThat(ada.refusals()).singleElement().asString().startsWith(code);
            assertThat(ada.received(ChatLine.class)).isEmpty();
        }
    }
}
