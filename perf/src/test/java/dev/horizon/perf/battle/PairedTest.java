package dev.horizon.perf.battle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the interval of paired ratios is worth. */
class PairedTest {
    private static final long SEED = 7;
    private static final int PAIRS = 15;

    @Test
    void shouldHoldTheTruthAboutAsOftenAsItSays() {
        Random random = new Random(SEED);
        int held = 0;
        for (int run = 0; run < 100; run++) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                ratios.add(1 + 0.05 * random.nextGaussian());
            }
            Paired.Interval interval = Paired.of(ratios, SEED);
            assertThat(interval.median()).isBetween(interval.from(), interval.to());
            held += interval.from() <= 1 && 1 <= interval.to() ? 1 : 0;
        }
        assertThat(held).as("of 100, seed %d", SEED).isBetween(88, 100);
    }

    @Test
    void shouldLeaveOutTicksInWhichSomethingElseWoke() {
        long[] nanos = new long[20];
        Arrays.fill(nanos, 100);
        nanos[3] = 1_000_000;
        nanos[7] = 1;
        assertThat(Paired.trimmedMean(nanos)).isCloseTo(100, within(1e-9));
    }
}
