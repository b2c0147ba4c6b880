package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffendersTest {
    private static final long NOW = Long.MAX_VALUE - 7;

    private final Offenders offenders = new Offenders();

    @Test
    void shouldKeepAPlayerAwayForAWhile() {
        offenders.add("Eve", NOW);
        assertThat(offenders.awayNanos("Eve", NOW + 10)).isEqualTo(Offenders.AWAY_NANOS - 10);
        assertThat(offenders.awayNanos("Ada", NOW + 10)).isZero();
        offenders.add("Eve", NOW + 10);
        assertThat(offenders.awayNanos("Eve", NOW + Offenders.AWAY_NANOS)).isEqualTo(10);
        assertThat(offenders.awayNanos("Eve", NOW + 10 + Offenders.AWAY_NANOS)).isZero();
        assertThat(offenders.awayNanos("Eve", NOW)).as("forgotten").isZero();
    }

    @Test
    void shouldRememberSoManyAndNoMore() {
        for (int i = 0; i <= 4_096; i++) {
            offenders.add("Eve" + i, NOW + i);
        }
        assertThat(offenders.awayNanos("Eve0", NOW)).isZero();
        assertThat(offenders.awayNanos("Eve1", NOW)).isPositive();
        assertThat(offenders.awayNanos("Eve4096", NOW)).isPositive();
    }
}
