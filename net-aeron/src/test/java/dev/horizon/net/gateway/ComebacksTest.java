package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComebacksTest {
    private static final int SOON = Comebacks.MILLIS_MIN + Comebacks.SPREAD_MILLIS;

    private final Comebacks comebacks = new Comebacks(Long.MAX_VALUE - 5);
    private long nowNanos = Long.MAX_VALUE - 5;

    private int draw() {
        return comebacks.drawMillis(nowNanos);
    }

    @Test
    void shouldAskFewToComeSoon() {
        for (int i = 0; i < 100; i++) {
            assertThat(draw()).isBetween(Comebacks.MILLIS_MIN, SOON);
        }
    }

    @Test
    void shouldAskACrowdToComeOverATimeThatItsSizeCallsFor() {
        int[] bySecond = new int[61];
        for (int i = 0; i < 3_000; i++) {
            bySecond[draw() / 1_000]++;
        }
        assertThat(IntStream.of(bySecond).max().orElse(0)).isLessThan(2 * Comebacks.PER_SECOND);
        assertThat(bySecond[30]).isPositive();
    }

    @Test
    void shouldSendNobodyAwayForLongerThanAMinute() {
        int longest = 0;
        for (int i = 0; i < 100_000; i++) {
            longest = Math.max(longest, draw());
        }
        assertThat(longest).isBetween(Comebacks.MILLIS_MAX - 1_000, Comebacks.MILLIS_MAX);
        nowNanos += TimeUnit.MINUTES.toNanos(1);
        assertThat(draw()).as("once they have come").isLessThanOrEqualTo(SOON);
    }
}
