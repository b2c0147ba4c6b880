package dev.horizon.perf.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Tier;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncodeCostTest {
    private static final int SHIPS = 50;
    private static final int TICKS = 40;

    private static EncodeCost.Cost cost(boolean reckons) {
        return EncodeCost.of(
                Tier.CLOSE,
                Map.of("ships", SHIPS, "turning", false),
                Map.of("dead-reckoning", reckons),
                TICKS);
    }

    @Test
    void shouldSendARowOfEachShipAtEachTickUnlessReceiversReckon() {
        EncodeCost.Cost all = cost(false);
        EncodeCost.Cost reckoned = cost(true);
        assertThat(all.rowsPerTick()).isGreaterThanOrEqualTo(SHIPS);
        assertThat(reckoned.rowsPerTick()).isPositive().isLessThan(all.rowsPerTick() / 2);
        assertThat(all.bytesPerTick()).isGreaterThanOrEqualTo(0);
    }
}
