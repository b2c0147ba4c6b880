package dev.horizon.plugins.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestWorld;
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
