package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TickAgesTest {
    private static final int HZ = 10;
    private static final long PERIOD = 100;

    private final TickAges ages = new TickAges();

    TickAgesTest() {
        ages.hz(HZ);
    }

    @Test
    void shouldCountFromWhenATickCouldHaveBeenHeardAtTheEarliest() {
        assertThat(told(5, 0)).as("nothing was heard").isNegative();
        heard(10, 1_040);
        heard(11, 1_110);
        heard(12, 1_250);

        assertThat(told(12, 1_260))
                .as("tick 11 was heard 10 ms after a schedule from 0")
                .isEqualTo(50);
        assertThat(told(12, 1_400)).as("once").isNegative();
        heard(13, 1_310);
        assertThat(told(13, 1_310)).isZero();
    }

    @Test
    void shouldForgetWhatWasEarlyLongAgo() {
        heard(10, 1_000);
        for (int tick = 11; tick < 60; tick++) {
            heard(tick, tick * PERIOD + 30); // It skipped what makes 30 ms.
        }

        assertThat(told(59, 59 * PERIOD + 35)).isEqualTo(5);
    }

    @Test
    void shouldCountItsOwnDelayAloneWhileTimeRunsSlower() {
        heard(10, 1_000);
        for (int tick = 11; tick < 20; tick++) {
            ages.heard(tick, 0.5f, nanos(1_000 + (tick - 10) * 2 * PERIOD));
        }

        assertThat(told(19, 1_000 + 9 * 2 * PERIOD + 7)).isEqualTo(7);
    }

    @Test
    void shouldBeginAnewWithAnotherLifeOfTheNode() {
        heard(1_000, 100_000);
        assertThat(told(1_000, 100_004)).isEqualTo(4);

        ages.restart();
        heard(7, 101_000);
        assertThat(told(7, 101_002)).isEqualTo(2);
    }

    @Test
    void shouldCountClientsByStepsThatAreNeverTooShort() {
        AgeHistogram histogram = new AgeHistogram();
        histogram.add(nanos(0), 1);
        histogram.add(nanos(13), 100);
        histogram.add(nanos(15), 10);
        histogram.add(nanos(20_000), 2);

        GatewayMetrics.Ages read = histogram.read();
        assertThat(count(read, 0.001)).isEqualTo(1);
        assertThat(count(read, 0.015)).isEqualTo(110);
        assertThat(count(read, 10)).isZero();
        assertThat(count(read, Double.POSITIVE_INFINITY)).isEqualTo(2);
        assertThat(read.counts()).hasSize(50).hasSameSizeAs(read.seconds());
        assertThat(read.seconds()).isSorted();
        assertThat(read.sumSeconds()).isEqualTo(0.013 * 100 + 0.015 * 10 + 20 * 2);
    }

    private static long count(GatewayMetrics.Ages ages, double seconds) {
        for (int i = 0; i < ages.counts().length; i++) {
            if (ages.seconds()[i] == seconds) {
                return ages.counts()[i];
            }
        }
        throw new AssertionError("no step up to " + seconds);
    }

    private void heard(long tick, long millis) {
        ages.heard(tick, 1, nanos(millis));
    }

    /** Milliseconds, or -1. */
    private long told(long tick, long millis) {
        long nanos = ages.told(tick, nanos(millis));
        return nanos < 0 ? nanos : TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
