package dev.horizon.ecs.orbits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircularTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeWithTheSlowFunctions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            double angle = random.nextDouble(-10, 10);
            assertThat(Circular.sin(angle))
                    .as("sine of %s, seed %d", angle, seed)
                    .isCloseTo(StrictMath.sin(angle), within(4e-16));
            assertThat(Circular.cos(angle))
                    .as("cosine of %s, seed %d", angle, seed)
                    .isCloseTo(StrictMath.cos(angle), within(4e-16));
        }
    }
}
