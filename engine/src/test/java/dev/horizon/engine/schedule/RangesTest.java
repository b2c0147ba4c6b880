package dev.horizon.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.storage.Parts;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tables are cut: by their size alone, each row once. */
class RangesTest {
    private static final Composition PLAIN = Composition.of(PositionColumn.TYPE);
    private static final SystemFaultListener FAULTS =
            (system, tick, fault) -> {
                throw new AssertionError(system, fault);
            };

    @ParameterizedTest(name = "{0} rows in ranges of {1}, {2} threads")
    @CsvSource({
        "1, 1024, 1",
        "70000, 1024, 2",
        "150000, 2048, 1",
        "150000, 2048, 3",
        "600000, 8192, 1",
        "600000, 8192, 3"
    })
    void shouldCutByTheTablesSizeAlone(int rows, int rangeRows, int threads) {
        Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
        TickState tick = new TickState(1, 0.05);
        try (WorldState world = WorldState.create(1, Parts.TYPES);
                Schedule schedule =
                        Schedule.alwaysParallel(
                                world,
                                List.of(registered(seed(rows)), registered(visit(cuts))),
                                Map.of(),
                                threads)) {
            world.create(new Position(0, 0, 0));
            world.apply();
            step(world, schedule, tick);
            cuts.clear();
            step(world, schedule, tick);
            assertThat(cuts)
                    .hasSize((rows + rangeRows - 1) / rangeRows)
                    .allMatch(from -> from % rangeRows == 0);
            assertVisitedOnceAndMarked(world.table(0), rows, tick.number());
        }
    }

    private static void assertVisitedOnceAndMarked(Table table, int rows, long tick) {
        PositionColumn position = table.column(PositionColumn.TYPE);
        assertThat(position).isNotNull();
        assertThat(table.size()).isEqualTo(rows);
        int wrong = 0;
        for (int row = 1; row < rows && wrong == 0; row++) {
            wrong = position.x[row] == 1 && position.changedAt(row) == (int) tick ? 0 : row;
        }
        assertThat(wrong).as("a row not visited once, or not marked").isZero();
    }

    /** In the first tick: as many rows as asked for. */
    private static SystemSpec seed(int rows) {
        return SystemSpec.of(
                "seed",
                Stage.DECIDE,
                Access.reading(PositionColumn.TYPE).spawning(PositionColumn.TYPE),
                (range, t) -> {
                    for (int i = 1; i < rows && t.number() == 1; i++) {
                        range.commands().spawn(PLAIN);
                    }
                });
    }

    private static SystemSpec visit(Queue<Integer> cuts) {
        SystemTask task =
                (range, t) -> {
                    PositionColumn position = range.write(PositionColumn.TYPE);
                    for (int row = range.from(); row < range.to(); row++) {
                        position.x[row]++;
                    }
                    assertThat(range.to() - range.from()).isBetween(1, SystemTask.ROWS_MAX);
                    assertThat(range.from() % Column.RANGE_ROWS).isZero();
                    cuts.add(range.from());
                };
        return SystemSpec.of("visit", Stage.ACT, Access.none().writing(PositionColumn.TYPE), task);
    }

    private static RegisteredSystem registered(SystemSpec spec) {
        return new RegisteredSystem("p", spec);
    }

    private static void step(WorldState world, Schedule schedule, TickState tick) {
        tick.advance();
        schedule.run(tick, FAULTS);
        world.apply();
        world.stamp(tick.number());
    }
}
