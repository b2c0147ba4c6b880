package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which phases are due, all at once and one by one. */
class DueTimesTest {
    private static final int TICKS = 1_000;

    @ParameterizedTest
    @CsvSource({"20, 20, 1", "5, 20, 1", "0.2, 20, 1", "3, 20, 1", "7.3, 60, 2", "1, 10, 4"})
    void shouldFindAllPhasesThatAreDueAtOnce(double rateHz, int tickHz, int stretch) {
        DueTimes due = new DueTimes(rateHz, tickHz);
        due.stretch(stretch);
        int[] found = new int[due.period() + 1];
        int times = 0;
        for (long tick = -TICKS; tick < TICKS; tick++) {
            long now = tick;
            int end = due.duePhases(tick, found, 1);
            int[] expected =
                    IntStream.range(0, due.period()).filter(each -> due.isDue(each, now)).toArray();
            assertThat(Arrays.copyOfRange(found, 1, end)).isEqualTo(expected);
            times += expected.length;
        }
        double perTick = due.period() * rateHz / tickHz / stretch;
        assertThat((double) times / (2 * TICKS)).isBetween(0.95 * perTick, 1.05 * perTick);
    }
}
