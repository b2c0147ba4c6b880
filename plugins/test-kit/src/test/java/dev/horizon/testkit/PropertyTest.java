package dev.horizon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.world.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropertyTest {
    private static final int BOUND = 100;

    private static TestWorldBuilder world() {
        return TestWorld.builder().plugin(registrar -> {});
    }

    /** Some steps place something, few of these far out. */
    private static void place(TestWorld world, Draw draw) {
        if (draw.chance(0.5)) {
            world.world().create(new Position(draw.below(BOUND), 0, 0));
        }
        world.tick(1);
    }

    private static void requireWithin(TestWorld world, double metres) {
        world.world()
                .forEach(
                        Position.class,
                        id ->
                                assertThat(world.world().read(id, Position.class))
                                        .satisfies(at -> assertThat(at.x()).isLessThan(metres)));
    }

    @Test
    void shouldNameTheSeedAndTheStepsThatAreNeeded() {
        assertThatThrownBy(() ->
                        Property.check(
                                PropertyTest::world,
                                20,
                                30,
                                PropertyTest::place,
                                world -> requireWithin(world, 90)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)seed \\d+, steps \\[\\d+]: .*-Dproperty\\.seed=\\d+ .*");
    }

    @Test
    void shouldBeContentWithWhatHolds() {
        Property.check(
                PropertyTest::world, 5, 30, PropertyTest::place, w -> requireWithin(w, BOUND));
    }

    @Test
    void shouldDrawTheSameForTheSameSeedAndStep() {
        assertThat(drawn(3)).isEqualTo(drawn(3)).isNotEqualTo(drawn(4));
    }

    private static List<Object> drawn(long seed) {
        List<Object> all = new ArrayList<>();
        for (int step = 0; step < 50; step++) {
            Draw draw = new Draw(seed, step);
            int between = draw.between(-2, 2);
            assertThat(between).isBetween(-2, 2);
            all.add(List.of(between, draw.uniform(), draw.oneOf(List.of("a", "b", "c"))));
        }
        return all;
    }
}
