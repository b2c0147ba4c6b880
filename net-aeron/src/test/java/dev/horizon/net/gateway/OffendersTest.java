package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffendersTest {
    /** Of a clock that is about to begin anew. */
    private final long now = Long.sum(Long.MAX_VALUE, -7);

    private final Offenders offenders = new Offenders();

    @Test
    void shouldKeepAPlayerAwayForAWhile() {
        offenders.add("Eve", now);
        assertThat(offenders.awayNanos("Eve", now + 10)).isEqualTo(Offenders.AWAY_NANOS - 10);
        assertThat(offenders.awayNanos("Ada", now + 10)).isZero();
        offenders.add("Eve", now + 10);
        assertThat(offenders.awayNanos("Eve", now + Offenders.AWAY_NANOS)).isEqualTo(10);
        assertThat(offenders.awayNanos("Eve", now + 10 + Offenders.AWAY_NANOS)).isZero();
        assertThat(offenders.awayNanos("Eve", now)).as("forgotten").isZero();
    }

    @Test
    void shouldRememberSoManyAndNoMore() {
        for (int i = 0; i <= 4_096; i++) {
            offenders.add("Eve" + i, now + i);
        }
        assertThat(offenders.awayNanos("Eve0", now)).isZero();
        assertThat(offenders.awayNanos("Eve1", now)).isPositive();
        assertThat(offenders.awayNanos("Eve4096", now)).isPositive();
    }
}
