package dev.horizon.testkit.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.Draw;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Property;
import dev.horizon.testkit.Reloading;
import dev.horizon.testkit.TestMesh;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tutorial says, done. */
class LighthouseTest {
    private static final int TICKS_MAX = 20_000;

    private static TestWorldBuilder world() {
        return TestWorld.builder()
                .plugin("lighthouse", new Lighthouse())
                .plugin("keeper", new Keeper(), List.of("lighthouse"));
    }

    @Test
    void shouldBurnUntilTheOilIsGone() {
        try (TestWorld world = world().config("lighthouse", "oil", 1.0).build()) {
            world.connect("Ada");
            world.tick(40);

            assertThat(world.world().read(lamp(world), Lamp.class)).isEqualTo(new Lamp(0, 20));
        }
    }

    @Test
    void shouldDeliverOilLater() {
        try (TestWorld world = world().build()) {
            FakePlayer ada = world.connect("Ada");
            ada.send("lighthouse", "order", new Lighthouse.Order(lamp(world)));
            world.tick(40);
            float before = world.world().read(lamp(world), Lamp.class).oil();

            world.reload();

            assertThat(world.world().read(lamp(world), Lamp.class).oil()).isGreaterThan(before + 9);
            ada.send("lighthouse", "order", new Lighthouse.Order(EntityId.parse("1:999")));
            world.tick(1);
            assertThat(ada.refusals().getFirst()).startsWith("LIGHT-1");
        }
    }

    @Test
    void shouldTellWhatTheWeatherOfficeAnswers() {
        try (TestWorld world = world().toleratingFaults().build()) {
            FakePlayer ada = world.connect("Ada");
            ada.clear();
            assertThat(world.command("lighthouse:forecast 24")).isEqualTo("asked");
            awaitWords(world, ada, 1);
            world.command("lighthouse:forecast 99");
            awaitWords(world, ada, 2);

            assertThat(ada.received(Lighthouse.Word.class))
                    .extracting(Lighthouse.Word::text)
                    .containsExactly(
                            "Fog is coming.",
                            "No forecast: java.lang.IllegalArgumentException: nobody knows");
        }
    }

    @Test
    void shouldWarnAllNodes() {
        try (TestWorld here = world().build();
                TestWorld there = world().idBlock(2).build()) {
            FakePlayer ada = here.connect("Ada");
            FakePlayer eve = there.connect("Eve");
            TestMesh mesh = TestMesh.of(here, there);
            ada.clear();
            eve.clear();

            assertThat(here.command("lighthouse:warn storm ahead")).isEqualTo("nodes told: 2");
            mesh.tick(2);

            var word = new Lighthouse.Word("storm ahead");
            assertThat(ada.received(Lighthouse.Word.class)).containsExactly(word);
            assertThat(eve.received(Lighthouse.Word.class)).containsExactly(word);
        }
    }

    @Test
    void shouldServeTheKeeper() {
        try (TestWorld world = world().build()) {
            world.connect("Ada");

            assertThat(world.command("keeper:oil " + lamp(world))).startsWith("9.9");
        }
        assertThatThrownBy(() -> TestWorld.with(new Keeper()).close())
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-PLG-019"));
    }

    @Test
    void shouldBeDeterministic() {
        Determinism.check(LighthouseTest::world, LighthouseTest::play);
    }

    @Test
    void shouldSurviveAReload() {
        Reloading.check(LighthouseTest::world, LighthouseTest::play, world -> world.tick(60));
    }

    @Test
    void shouldNeverBurnWhatIsNotThere() {
        Property.check(
                LighthouseTest::world, 10, 20, LighthouseTest::happen, LighthouseTest::requireOil);
    }

    private static void happen(TestWorld world, Draw draw) {
        FakePlayer player = world.connect("Player " + draw.step());
        if (draw.chance(0.5)) {
            player.send("lighthouse", "order", new Lighthouse.Order(lamp(world)));
        }
        world.tick(draw.between(1, 100));
    }

    private static void requireOil(TestWorld world) {
        world.world()
                .forEach(
                        Lamp.class,
                        id -> assertThat(world.world().read(id, Lamp.class).oil()).isNotNegative());
    }

    private static void play(TestWorld world) {
        FakePlayer ada = world.connect("Ada");
        ada.send("lighthouse", "order", new Lighthouse.Order(lamp(world)));
        world.tick(20);
    }

    /** Slow work answers when it does: virtual ticks pass until it has. */
    private static void awaitWords(TestWorld world, FakePlayer player, int count) {
        for (int i = 0; i < TICKS_MAX; i++) {
            if (player.received(Lighthouse.Word.class).size() == count) {
                return;
            }
            world.tick(1);
            Thread.onSpinWait();
        }
        assertThat(player.received(Lighthouse.Word.class)).hasSize(count);
    }

    private static EntityId lamp(TestWorld world) {
        List<EntityId> lamps = new ArrayList<>();
        world.world().forEach(Lamp.class, lamps::add);
        return lamps.getFirst();
    }
}
