package dev.horizon.engine.tick;

import static dev.horizon.engine.tick.Releases.PER_TICK_MIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders that wait, and a test that is the tick. */
class ReleasesTest {
    private static final int ALL = 10_000;

    private final Releases releases = new Releases();

    @Test
    void shouldDoubleWhileTicksHaveTimeLeft() {
        order(1, 1_000);
        assertThat(tick(0.1, 0)).isEqualTo(PER_TICK_MIN);
        assertThat(tick(0.1, 0)).isEqualTo(2 * PER_TICK_MIN);
        assertThat(tick(0.6, 0)).isEqualTo(4 * PER_TICK_MIN);
        assertThat(tick(0.1, 0)).isEqualTo(4 * PER_TICK_MIN);
        assertThat(tick(0.1, 0)).isEqualTo(8 * PER_TICK_MIN);
    }

    @Test
    void shouldNotGrowWhereFewAreOrdered() {
        order(1, 5);
        assertThat(tick(0.1, 0)).isEqualTo(5);
        assertThat(tick(0.1, 0)).isZero();
        order(6, 1_000);
        assertThat(tick(0.1, 0)).isEqualTo(PER_TICK_MIN);
    }

    @Test
    void shouldHalveBehindALongTickAndGoOnWithSome() {
        order(1, 8_000);
        tick(0.1, 0);
        tick(0.1, 0);
        assertThat(tick(3, 0)).isEqualTo(4 * PER_TICK_MIN);
        assertThat(tick(3, 0)).isEqualTo(2 * PER_TICK_MIN);
        assertThat(tick(3, 0)).isEqualTo(PER_TICK_MIN);
        assertThat(tick(3, 0)).isEqualTo(PER_TICK_MIN);
    }

    @Test
    void shouldLearnNothingFromLongTicksWithoutReleases() {
        order(1, PER_TICK_MIN);
        tick(0.1, 0);
        tick(3, 0);
        order(100, 1_000);
        assertThat(tick(0.1, 0)).isEqualTo(2 * PER_TICK_MIN);
    }

    @Test
    void shouldSlowDownWhileDestinationsLagBehindAndNeverStop() {
        order(1, 8_000);
        tick(0.1, 0);
        tick(0.1, 0);
        int lagging = 1_000_000;
        assertThat(tick(0.1, lagging)).isEqualTo(4 * PER_TICK_MIN);
        assertThat(tick(0.1, lagging)).isEqualTo(2 * PER_TICK_MIN);
        assertThat(tick(0.1, lagging)).isEqualTo(PER_TICK_MIN);
        assertThat(tick(0.1, lagging)).as("others wait for theirs").isEqualTo(PER_TICK_MIN);
        assertThat(tick(0.1, 0)).isEqualTo(PER_TICK_MIN);
        assertThat(tick(0.1, 0)).as("they are there again").isEqualTo(2 * PER_TICK_MIN);
    }

    @Test
    void shouldTakeWhatIsOnItsWayForNoLag() {
        order(1, 8_000);
        tick(0.1, 16 * PER_TICK_MIN);
        assertThat(tick(0.1, 32 * PER_TICK_MIN)).isEqualTo(2 * PER_TICK_MIN);
        assertThat(tick(0.1, 64 * PER_TICK_MIN + 1)).isEqualTo(4 * PER_TICK_MIN);
        assertThat(tick(0.6, 0)).as("one more is lag").isEqualTo(2 * PER_TICK_MIN);
    }

    @Test
    void shouldKeepOneOrderOfEachTransfer() {
        assertThat(releases.add(1, new byte[] {1})).isTrue();
        assertThat(releases.add(2, new byte[] {2})).isTrue();
        assertThat(releases.add(1, new byte[] {3})).isTrue();
        assertThat(taken()).containsExactly(3, 2);
    }

    @Test
    void shouldRefuseWhatIsTooMuchAndLoseNothing() {
        order(1, Releases.WAITING_MAX);
        assertThat(releases.add(ALL, new byte[1])).isFalse();
        assertThat(releases.add(1, new byte[] {7})).isTrue();
        assertThat(releases.poll((buffer, offset, length) -> false, ALL)).isZero();
        assertThat(taken()).startsWith(7).hasSize(PER_TICK_MIN);
    }

    @Test
    void shouldTakeNoMoreThanThereIsRoomFor() {
        order(1, 100);
        assertThat(releases.poll((buffer, offset, length) -> true, 3)).isEqualTo(3);
    }

    private void order(long from, int count) {
        for (long i = from; i < from + count; i++) {
            assertThat(releases.add(i, new byte[1])).isTrue();
        }
    }

    private int tick(double load, int away) {
        int taken = releases.poll((buffer, offset, length) -> true, ALL);
        releases.tickDone(load, away);
        return taken;
    }

    private List<Integer> taken() {
        List<Integer> taken = new ArrayList<>();
        releases.poll(
                (buffer, offset, length) -> {
                    taken.add((int) buffer.getByte(offset));
                    return true;
                },
                ALL);
        return taken;
    }
}
