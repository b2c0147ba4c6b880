package dev.horizon.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.storage.Parts;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same bits at any number of threads, and after a restore. */
class DeterminismTest {
    private static final SystemFaultListener NO_FAULTS =
            (system, tick, fault) -> {
                throw new AssertionError(system + " failed in tick " + tick, fault);
            };

    @ParameterizedTest(name = "{0} ships, {1} ticks, {2} threads, seed {3}")
    @CsvSource({"1000, 1000, 2, 11", "1000, 200, 4, 12", "5000, 100, 3, 13"})
    void shouldGiveTheSameHashAtEveryTickAtAnyNumberOfThreads(
            int ships, int ticks, int threads, long seed) {
        try (WorldState serialWorld = Bustle.world(ships);
                WorldState parallelWorld = Bustle.world(ships);
                Schedule serial =
                        Schedule.of(serialWorld, Bustle.systems(ships), Bustle.derived(), 1);
                Schedule parallel =
                        Schedule.alwaysParallel(
                                parallelWorld, Bustle.systems(ships), Bustle.derived(), threads)) {
            TickState tick = new TickState(seed, 0.05);
            long last = 0;
            for (int i = 0; i < ticks; i++) {
                tick.advance();
                long expected = step(serialWorld, serial, tick);
                assertThat(step(parallelWorld, parallel, tick))
                        .as("tick %d", i)
                        .isEqualTo(expected);
                assertThat(expected).isNotEqualTo(last);
                last = expected;
            }
            assertThat(serialWorld.unmarkedWrite()).isNull();
            assertThat(serialWorld.hash()).isEqualTo(serialWorld.fullHash());
            assertThat(parallelWorld.fullHash()).isEqualTo(last);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"21", "22"})
    void shouldGoOnIdenticallyAfterARestore(long seed) {
        try (WorldState world = Bustle.world(1000);
                Schedule schedule = Schedule.of(world, Bustle.systems(1000), Bustle.derived(), 1)) {
            TickState tick = new TickState(seed, 0.05);
            for (int i = 0; i < 100; i++) {
                tick.advance();
                step(world, schedule, tick);
            }
            byte[] snapshot = WorldSnapshot.write(world);
            try (WorldState copy = WorldSnapshot.read(snapshot, Parts.TYPES);
                    Schedule copySchedule =
                            Schedule.of(copy, Bustle.systems(1000), Bustle.derived(), 2)) {
                for (int i = 0; i < 100; i++) {
                    tick.advance();
                    assertThat(step(copy, copySchedule, tick))
                            .as("seed %d, tick %d", seed, tick.number())
                            .isEqualTo(step(world, schedule, tick));
                }
                assertThat(WorldSnapshot.write(copy)).isEqualTo(WorldSnapshot.write(world));
            }
        }
    }

    private static long step(WorldState world, Schedule schedule, TickState tick) {
        schedule.run(tick, NO_FAULTS);
        world.apply();
        world.stamp(tick.number());
        return world.hash();
    }
}
