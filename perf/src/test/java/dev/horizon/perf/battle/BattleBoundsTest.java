package dev.horizon.perf.battle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.Tier;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * The battle of 500 through encoder, gateway and Java client: at every tick, what clients show is
 * compared with the truth, while all ships draw new thrust and turn up to their limits every 0.5 to
 * 2 seconds, fire and are hit.
 */
class BattleBoundsTest {
    private static final int BYTES_PER_SECOND = 6_144;
    private static final int SHIPS = 500;
    private static final int WARM_TICKS = 1_200;
    private static final int TICKS = 600;

    @Test
    void shouldShowTheWholeBattleWithinBoundsAndBytes() {
        List<Rehearsal.Seen> seen =
                Rehearsal.play(
                        Rehearsal.BATTLE,
                        Map.of(),
                        BYTES_PER_SECOND,
                        32,
                        4,
                        true,
                        WARM_TICKS,
                        TICKS);
        assertThat(seen).hasSize(4);
        for (Rehearsal.Seen each : seen) {
            assertThat(each.witness.faults()).isZero();
            assertThat(each.bytes / (TICKS / 20.0)).isLessThanOrEqualTo(BYTES_PER_SECOND);
            assertThat(each.closeMin).isGreaterThanOrEqualTo(20);
            assertThat(each.closeMax).isLessThanOrEqualTo(32);
            assertThat(each.heldMin).isEqualTo(SHIPS);
            within(each.witness.placeErrors(Tier.CLOSE), Battle.CLOSE_METRES);
            within(each.witness.attitudeErrors(Tier.CLOSE), Battle.CLOSE_DEGREES);
            within(each.witness.placeErrors(Tier.MEDIUM), Battle.MEDIUM_METRES);
            mostlyWithin(each.witness.attitudeErrors(Tier.MEDIUM), Battle.MEDIUM_DEGREES);
        }
    }

    /**
     * A ship that is turning one way as fast as it can, and then the other, changes its
     * acceleration by twice the greatest: rare, and told when its channel is due next.
     */
    private static void mostlyWithin(Histogram errors, double bound) {
        long beyond =
                errors.getTotalCount()
                        - errors.getCountBetweenValues(0, Math.round(bound / Witness.STEP));
        assertThat(beyond / (double) errors.getTotalCount()).isLessThan(1e-4);
        within(errors, 2 * bound);
    }

    @Test
    void shouldKeepClientsThatKnowNoFlightsNearToThem() {
        List<Rehearsal.Seen> seen =
                Rehearsal.play(Rehearsal.BATTLE, Map.of(), 0, 32, 2, false, 100, 300);
        for (Rehearsal.Seen each : seen) {
            assertThat(each.witness.faults()).isZero();
            assertThat(each.heldMin).isEqualTo(SHIPS);
            // The node's bound, and what the gateway adds: two steps of a place, two degrees.
            within(each.witness.placeErrors(Tier.CLOSE), Battle.CLOSE_METRES + 0.25);
            within(each.witness.attitudeErrors(Tier.CLOSE), Battle.CLOSE_DEGREES + 2);
            within(each.witness.placeErrors(Tier.MEDIUM), Battle.MEDIUM_METRES + 2);
            within(each.witness.attitudeErrors(Tier.MEDIUM), 2 * Battle.MEDIUM_DEGREES + 2);
        }
    }

    private static void within(Histogram errors, double bound) {
        assertThat(errors.getTotalCount()).isGreaterThan(5_000);
        // The histogram has three digits.
        assertThat(errors.getMaxValue() * Witness.STEP).isLessThanOrEqualTo(bound * 1.001);
    }
}
