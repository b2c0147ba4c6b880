package dev.horizon.engine.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.events.OverloadStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The ladder at 20 Hz, by a time of its own. */
class OverloadLadderTest {
    private static final long BUDGET = TimeUnit.MILLISECONDS.toNanos(50);
    private static final OverloadConfig CONFIG = new OverloadConfig(true, 850, 600, 100, 5);

    private final OverloadLadder ladder = new OverloadLadder(CONFIG, BUDGET);
    private final List<String> taken = new ArrayList<>();
    private long now;

    /** Runs for so many seconds with ticks that take so much of their budget. */
    private void run(double seconds, int loadPercent) {
        long end = now + (long) (seconds * 1e9);
        long tick = BUDGET * loadPercent / 100;
        while (now < end) {
            OverloadStep before = ladder.step();
            now += Math.max(BUDGET * 1_000 / ladder.ratePermille(), tick);
            ladder.tickDone(now, tick);
            if (ladder.step() != before) {
                taken.add(ladder.step().word());
            }
        }
    }

    @Test
    void shouldClimbInOrderUnderThreeTimesTheLoadAndComeBackByItself() {
        run(6, 30);
        run(60, 300);
        assertThat(taken)
                .containsExactly(
                        "far-tiers-slower", "close-tighter", "cosmetics-shed", "time-dilated");
        assertThat(ladder.ratePermille()).as("of 72.5 % at 300 %").isEqualTo(200);
        assertThat(ladder.loadPermille()).isEqualTo(3_000);

        taken.clear();
        run(10, 30);
        assertThat(taken)
                .containsExactly("cosmetics-shed", "close-tighter", "far-tiers-slower", "normal");
        assertThat(ladder.ratePermille()).isEqualTo(1_000);
    }

    @Test
    void shouldNotMindASlowTickNorTheFirstSeconds() {
        run(4.9, 300);
        run(1, 30);
        for (int i = 0; i < 20; i++) {
            run(0.9, 30);
            run(0.05, 300);
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void shouldNeverRunTimeSlowerThanItMay() {
        run(6, 30);
        run(60, 1_500);
        assertThat(ladder.ratePermille()).isEqualTo(100);
        run(15, 120);
        assertThat(ladder.step()).isEqualTo(OverloadStep.TIME_DILATED);
        assertThat(ladder.ratePermille()).as("faster as it gets better").isEqualTo(600);
    }

    @Test
    void shouldRunTimeFasterOnlyAsFarAsItWasEasierAllTheWhile() {
        run(6, 30);
        run(30, 300);
        assertThat(ladder.ratePermille()).isEqualTo(200);
        for (int load : new int[] {90, 180, 100, 100}) {
            run(0.6, load);
        }
        assertThat(ladder.ratePermille()).as("a window of 180 %").isBetween(250, 500);
    }

    @Test
    void shouldStayWhereItIsBetweenTheBounds() {
        run(6, 30);
        run(1.2, 90);
        assertThat(taken).containsExactly("far-tiers-slower");
        run(120, 70);
        assertThat(taken).hasSize(1);
    }

    /** A load that the first step makes good, and that is back when the step is taken back. */
    @Test
    void shouldClimbUpAndDownLessAndLessOften() {
        run(6, 30);
        int before = 0;
        List<Integer> changes = new ArrayList<>();
        for (int minute = 0; minute < 3; minute++) {
            long end = now + TimeUnit.SECONDS.toNanos(60);
            while (now < end) {
                run(0.05, ladder.step() == OverloadStep.NORMAL ? 90 : 50);
            }
            changes.add(taken.size() - before);
            before = taken.size();
        }
        assertThat(changes.get(0)).isGreaterThan(changes.get(1));
        assertThat(changes.get(2)).as("eight seconds of calm, one of load").isLessThanOrEqualTo(14);
    }

    @Test
    void shouldDoNothingWhereItIsOff() {
        OverloadLadder off =
                new OverloadLadder(new OverloadConfig(false, 850, 600, 100, 0), BUDGET);
        for (int i = 0; i < 1_000; i++) {
            now += 5 * BUDGET;
            off.tickDone(now, 5 * BUDGET);
        }
        assertThat(off.step()).isEqualTo(OverloadStep.NORMAL);
        assertThat(off.loadPermille()).isEqualTo(5_000);
    }

    @Test
    void shouldRefuseBoundsThatNeverRest() {
        assertThatThrownBy(() -> new OverloadConfig(true, 600, 600, 100, 5))
                .hasMessageContaining("less");
        assertThatThrownBy(() -> new OverloadConfig(true, 850, 600, 99, 5))
                .hasMessageContaining("99");
    }
}
