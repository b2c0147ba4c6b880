package dev.horizon.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {
    private static final int UNITS = 37;
    private static final int ROUNDS = 300;

    /** Also where helpers sleep in between, for each call must find them however they are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldRunEachUnitOnceWhetherAssembledOrNot(int lanes) {
        try (Crew crew = new Crew(lanes)) {
            for (int round = 0; round < ROUNDS; round++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(UNITS);
                if (round % 3 != 0) {
                    crew.assemble();
                }
                if (round % 50 == 0) {
                    // Longer than an assembled helper waits for work.
                    LockSupport.parkNanos(3_000_000);
                }
                crew.begin(UNITS, (unit, lane) -> runs.incrementAndGet(unit));
                crew.finish();
                if (round % 3 == 1) {
                    crew.dismiss();
                }
                for (int unit = 0; unit < UNITS; unit++) {
                    assertThat(runs.get(unit)).as("round %d, unit %d", round, unit).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldTellWhenAUnitThrew(int lanes) {
        try (Crew crew = new Crew(lanes)) {
            assertThatThrownBy(() ->
                            crew.run(
                                    UNITS,
                                    (unit, lane) -> {
                                        throw new IllegalArgumentException("unit " + unit);
                                    }))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
    }
}
