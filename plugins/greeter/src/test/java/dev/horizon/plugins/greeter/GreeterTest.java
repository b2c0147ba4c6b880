package dev.horizon.plugins.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.TestWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreeterTest {
    @Test
    void shouldWelcomeEveryPlayerAndCount() {
        try (TestWorld world = TestWorld.with(Greeter.class)) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");

            assertThat(ada.received(Greeting.class))
                    .containsExactly(new Greeting("Welcome, Ada! You are guest number 1."));
            assertThat(eve.received(Greeting.class))
                    .containsExactly(new Greeting("Welcome, Eve! You are guest number 2."));
            var counter = world.world().singleton(new WelcomeCount(0));
            assertThat(world.world().read(counter, WelcomeCount.class))
                    .isEqualTo(new WelcomeCount(2));
        }
    }

    @Test
    void shouldSayGoodbyeToThoseWhoStay() {
        try (TestWorld world = TestWorld.with(Greeter.class)) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            ada.clear();
            eve.disconnect();

            assertThat(ada.received(Greeting.class))
                    .containsExactly(new Greeting("Farewell, Eve!"));
        }
    }

    @Test
    void shouldNotTellACrowdOfEachWhoLeaves() {
        try (TestWorld world = TestWorld.with(Greeter.class)) {
            List<FakePlayer> crowd = new ArrayList<>();
            for (int i = 0; i < 102; i++) {
                crowd.add(world.connect("Player" + i));
            }
            crowd.getFirst().clear();
            crowd.removeLast().disconnect();

            assertThat(crowd.getFirst().received(Greeting.class)).isEmpty();

            crowd.removeLast().disconnect();

            assertThat(crowd.getFirst().received(Greeting.class))
                    .containsExactly(new Greeting("Farewell, Player100!"));
        }
    }

    @Test
    void shouldAnswerHelloInAnyCaseAndNothingElse() {
        try (TestWorld world = TestWorld.with(Greeter.class)) {
            FakePlayer ada = world.connect("Ada");
            FakePlayer eve = world.connect("Eve");
            ada.clear();
            eve.clear();
            ada.send("chat", "message", new ChatMessage("Well HELLO there"));
            ada.send("chat", "message", new ChatMessage("bye"));
            world.tick(1);

            assertThat(ada.received(Greeting.class)).containsExactly(new Greeting("Hello, Ada!"));
            assertThat(eve.received(Greeting.class)).isEmpty();
        }
    }

    @Test
    void shouldReplayToTheSameBits() {
        assertThat(
                        Determinism.check(
                                () -> TestWorld.builder().plugin(Greeter.class),
                                world -> {
                                    world.connect("Ada")
                                            .send("chat", "message", new ChatMessage("hello"));
                                    world.tick(2);
                                }))
                .hasSize(3);
    }
}
