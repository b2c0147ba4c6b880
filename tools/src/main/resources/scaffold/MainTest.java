package @PACKAGE@;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.testkit.Determinism;
import dev.horizon.testkit.FakePlayer;
import dev.horizon.testkit.Reloading;
import dev.horizon.testkit.TestWorld;
import dev.horizon.testkit.TestWorldBuilder;
import dev.horizon.engine.world.Region;
import org.junit.jupiter.api.Test;

class @CLASS@Test {
    private static final Region REGION = new Region(1, "sol", 1, -1, -1, -1, 1, 1, 1);

    private static TestWorldBuilder world() {
        return TestWorld.builder().plugin(@CLASS@.class).region(REGION);
    }

    @Test
    void shouldCircleAndGreet() {
        try (TestWorld world = world().build()) {
            FakePlayer ada = world.connect("Ada");
            world.tick(60 * 20);

            assertThat(ada.received(Hello.class)).containsExactly(new Hello("The beacon shines."));
            Beacon beacon =
                    world.world().read(world.world().singleton(new Beacon(0, 0)), Beacon.class);
            assertThat(beacon.turns()).isEqualTo(1);
        }
    }

    @Test
    void shouldBeDeterministic() {
        Determinism.check(@CLASS@Test::world, world -> world.tick(100));
    }

    @Test
    void shouldSurviveAReload() {
        Reloading.check(@CLASS@Test::world, world -> world.tick(50), world -> world.tick(50));
    }
}
