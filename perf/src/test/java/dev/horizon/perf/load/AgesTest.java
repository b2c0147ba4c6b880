package dev.horizon.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgesTest {
    @Test
    void shouldTellQuantilesByUpperEdges() {
        Ages ages = new Ages();
        for (int millis = 0; millis < 100; millis++) {
            ages.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertThat(ages.millis(0.5)).isEqualTo(50);
        assertThat(ages.millis(0.99)).isEqualTo(100);
        ages.reset();
        assertThat(ages.millis(0.99)).isZero();
    }

    @Test
    void shouldKeepWhatIsTooOldInTheLastBucket() {
        Ages ages = new Ages();
        ages.add(TimeUnit.SECONDS.toNanos(9));
        assertThat(ages.millis(0.99)).isEqualTo(512);
    }
}
