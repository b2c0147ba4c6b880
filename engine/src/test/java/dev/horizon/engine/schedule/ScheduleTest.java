package dev.horizon.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.horizon.engine.storage.HealthColumn;
import dev.horizon.engine.storage.HitColumn;
import dev.horizon.engine.storage.MarkerColumn;
import dev.horizon.engine.storage.Parts;
import dev.horizon.engine.storage.TargetColumn;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What systems see, what they may do, and what happens when one throws. */
class ScheduleTest {
    private static final Composition MARKED =
            Composition.of(MarkerColumn.TYPE, PositionColumn.TYPE);

    private final WorldState world = WorldState.create(1, Parts.TYPES, true);
    private final TickState tick = new TickState(1, 0.05);
    private final List<String> faults = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void shouldRefuseWhatIsNotDeclared() {
        world.create(new Position(0, 0, 0), new Parts.Health(1, (short) 1, (byte) 1, 'a'));
        world.apply();
        Access access = Access.reading(PositionColumn.TYPE);
        List<SystemTask> wrong =
                List.of(
                        (rows, t) -> rows.read(HealthColumn.TYPE),
                        (rows, t) -> rows.write(PositionColumn.TYPE),
                        (rows, t) -> rows.update(PositionColumn.TYPE),
                        (rows, t) -> rows.optional(HealthColumn.TYPE),
                        (rows, t) -> rows.optionalUpdate(HealthColumn.TYPE),
                        (rows, t) -> rows.lookup().column(PositionColumn.TYPE, 0),
                        (rows, t) -> rows.effects(HitColumn.TYPE),
                        (rows, t) -> rows.derived(Bustle.CENSUS),
                        (rows, t) -> rows.commands().spawn(MARKED),
                        (rows, t) -> rows.commands().add(rows.entityAt(0), MarkerColumn.TYPE),
                        (rows, t) -> rows.commands().remove(rows.entityAt(0), HealthColumn.TYPE),
                        (rows, t) -> world.create(new Parts.Marker()));
        for (SystemTask task : wrong) {
            List<Throwable> thrown = new ArrayList<>();
            try (Schedule schedule = schedule(1, spec("wrong", access, task))) {
                tick.advance();
                schedule.run(tick, (system, number, fault) -> thrown.add(fault));
            }
            assertThat(thrown).hasSize(1);
            assertThat(thrown.getFirst()).isInstanceOf(HorizonWorldException.class);
        }
        List<ExclusiveTask> wrongSweeps =
                List.of(
                        (sweep, t) -> sweep.consume(HitColumn.TYPE),
                        (sweep, t) -> sweep.update(PositionColumn.TYPE, 0),
                        (sweep, t) -> sweep.lookup().column(HealthColumn.TYPE, 0));
        for (ExclusiveTask task : wrongSweeps) {
            List<Throwable> thrown = new ArrayList<>();
            try (Schedule schedule =
                    schedule(1, SystemSpec.exclusive("wrong", Stage.ACT, access, task))) {
                tick.advance();
                schedule.run(tick, (system, number, fault) -> thrown.add(fault));
            }
            assertThat(thrown).hasSize(1);
            assertThat(thrown.getFirst())
                    .isInstanceOf(HorizonWorldException.class)
                    .hasMessageContaining("p/wrong");
        }
    }

    @Test
    void shouldVisitOnlyTablesThatMatchAndSkipTicks() {
        EntityId plain = world.create(new Position(0, 0, 0));
        world.create(new Position(0, 0, 0), new Parts.Marker());
        world.create(new Parts.Marker());
        world.apply();
        List<Long> seen = new ArrayList<>();
        Access access = Access.reading(PositionColumn.TYPE).without(MarkerColumn.TYPE);
        SystemTask visit = (rows, t) -> seen.add(t.number() * 1000 + rows.entityAt(rows.from()));
        try (Schedule schedule = schedule(1, spec("visit", access, visit).every(3))) {
            for (int i = 0; i < 7; i++) {
                run(schedule);
            }
            assertThat(seen).containsExactly(3000 + plain.value(), 6000 + plain.value());
            world.create(new Position(1, 1, 1), new Parts.Target(EntityId.NONE, 0));
            world.apply();
            run(schedule);
            run(schedule);
            assertThat(seen).as("sees a table that appeared").hasSize(4);
            assertThat(schedule.timings())
                    .filteredOn(timings -> timings.name().equals("p/visit"))
                    .singleElement()
                    .satisfies(timings -> assertThat(timings.runs()).isEqualTo(3))
                    .satisfies(timings ->
                            assertThat(timings.nanosPerTick().getTotalCount()).isEqualTo(3));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldDropWhatAThrowingSystemAskedForAndFinishItsRanges(int threads) {
        for (int i = 0; i < 5000; i++) {
            world.create(new Position(i, 0, 0));
        }
        world.apply();
        AtomicInteger ranges = new AtomicInteger();
        AtomicInteger hits = new AtomicInteger();
        SystemSpec bad =
                spec(
                        "bad",
                        Access.reading(PositionColumn.TYPE)
                                .spawning(MarkerColumn.TYPE, PositionColumn.TYPE)
                                .emitting(HitColumn.TYPE),
                        (rows, t) -> {
                            ranges.incrementAndGet();
                            rows.commands().destroy(rows.entityAt(rows.from()));
                            rows.commands().spawn(MARKED);
                            rows.effects(HitColumn.TYPE).add();
                            if (rows.from() >= 1024) {
                                throw new IllegalStateException("from " + rows.from());
                            }
                        });
        SystemSpec good =
                spec(
                        "good",
                        Access.reading(PositionColumn.TYPE).emitting(HitColumn.TYPE),
                        (rows, t) -> {
                            if (rows.from() == 0) {
                                rows.effects(HitColumn.TYPE).add();
                                rows.commands().destroy(rows.entityAt(7));
                            }
                        });
        SystemSpec count =
                SystemSpec.exclusive(
                        "count",
                        Stage.RESOLVE,
                        Access.none().consuming(HitColumn.TYPE),
                        (sweep, t) -> hits.addAndGet(sweep.consume(HitColumn.TYPE).size()));
        try (Schedule schedule = schedule(threads, bad, good, count)) {
            run(schedule);
            assertThat(faults)
                    .containsExactly("p/bad 1 java.lang.IllegalStateException: from 1024");
            assertThat(ranges).hasValue(5);
            assertThat(hits).hasValue(1);
            assertThat(world.entities()).isEqualTo(4999);
            assertThat(timings(schedule, "p/bad").quarantined()).isTrue();
            run(schedule);
            assertThat(ranges).hasValue(5);
            assertThat(hits).hasValue(2);
            schedule.lift("p/bad");
            run(schedule);
            assertThat(ranges).hasValue(10);
            assertThat(faults).hasSize(2);
            schedule.quarantine("p/good");
            run(schedule);
            assertThat(hits).hasValue(3);
            assertThatThrownBy(() -> schedule.lift("p/unknown")).hasMessageContaining("p/unknown");
        }
    }

    @Test
    void shouldReportVirtualMachineErrorsToo() {
        world.create(new Position(0, 0, 0));
        world.apply();
        SystemTask endless =
                (rows, t) -> {
                    throw new StackOverflowError();
                };
        try (Schedule schedule =
                schedule(1, spec("endless", Access.reading(PositionColumn.TYPE), endless))) {
            run(schedule);
            assertThat(faults).containsExactly("p/endless 1 java.lang.StackOverflowError");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldHandOverEffectsInOrderOfSystemRangeAndSequence(int threads) {
        for (int i = 0; i < 4000; i++) {
            world.create(new Position(i, 0, 0));
        }
        world.apply();
        List<Integer> order = new ArrayList<>();
        SystemSpec first = spec("first", emitting(), (rows, t) -> emit(rows, 1_000_000));
        SystemSpec second = spec("second", emitting(), (rows, t) -> emit(rows, 2_000_000));
        SystemSpec consume =
                SystemSpec.exclusive(
                        "consume",
                        Stage.RESOLVE,
                        Access.none().consuming(HitColumn.TYPE),
                        (sweep, t) -> {
                            Effects<HitColumn> hits = sweep.consume(HitColumn.TYPE);
                            assertThat(sweep.consume(HitColumn.TYPE).size()).isEqualTo(hits.size());
                            for (int i = 0; i < hits.size(); i++) {
                                order.add(hits.column().points[i]);
                            }
                        });
        try (Schedule schedule = schedule(threads, first, second, consume)) {
            for (int i = 0; i < 20; i++) {
                order.clear();
                run(schedule);
                assertThat(faults).isEmpty();
                assertThat(order).hasSize(16).isSorted();
            }
        }
    }

    private static Access emitting() {
        return Access.reading(PositionColumn.TYPE).emitting(HitColumn.TYPE);
    }

    private static void emit(Rows rows, int base) {
        Effects<HitColumn> hits = rows.effects(HitColumn.TYPE);
        assertThat(hits.size()).isZero();
        for (int n = 0; n < 2; n++) {
            int row = hits.add();
            assertThat(row).isEqualTo(n);
            hits.column().points[row] = base + rows.from() * 10 + n;
        }
    }

    @Test
    void shouldSpawnWithTheIdsOfTheSameCall() {
        world.create(new Parts.Marker());
        world.apply();
        Composition child = Composition.of(TargetColumn.TYPE);
        SystemSpec spawn =
                SystemSpec.exclusive(
                        "spawn",
                        Stage.ACT,
                        Access.none()
                                .spawning(
                                        TargetColumn.TYPE, MarkerColumn.TYPE, PositionColumn.TYPE),
                        (sweep, t) -> {
                            for (int i = 0; i < 100; i++) {
                                int a = sweep.commands().spawn(child);
                                int b = sweep.commands().spawn(MARKED);
                                sweep.commands().column(child, TargetColumn.TYPE).id[a] =
                                        sweep.commands().provisionalId(MARKED, b);
                                sweep.commands().column(MARKED, PositionColumn.TYPE).x[b] = i;
                            }
                        });
        try (Schedule schedule = schedule(1, spawn)) {
            run(schedule);
            run(schedule);
        }
        assertThat(faults).isEmpty();
        assertThat(world.entities()).isEqualTo(401);
        List<Double> xs = new ArrayList<>();
        world.forEach(
                Parts.Target.class,
                id -> {
                    Parts.Target target = world.read(id, Parts.Target.class);
                    assertThat(target).isNotNull();
                    Position position = world.read(target.id(), Position.class);
                    assertThat(position).isNotNull();
                    assertThat(target.id().value()).isEqualTo(id.value() + 1);
                    xs.add(position.x());
                });
        assertThat(xs).hasSize(200);
        assertThat(xs.get(99)).isEqualTo(99);
    }

    @Test
    void shouldDropChangesToEntitiesThatAreGone() {
        EntityId id = world.create(new Parts.Marker());
        world.apply();
        SystemSpec change =
                SystemSpec.exclusive(
                        "change",
                        Stage.ACT,
                        Access.none().spawning(MarkerColumn.TYPE, HealthColumn.TYPE),
                        (sweep, t) -> {
                            sweep.commands().destroy(id.value());
                            sweep.commands().destroy(id.value());
                            sweep.commands().add(id.value(), HealthColumn.TYPE);
                            sweep.commands().remove(id.value(), MarkerColumn.TYPE);
                        });
        try (Schedule schedule = schedule(1, change)) {
            run(schedule);
        }
        assertThat(faults).isEmpty();
        assertThat(world.entities()).isZero();
        assertThat(world.hash()).isEqualTo(world.fullHash());
    }

    @Test
    void shouldCarryWhatRidesAlong() {
        // A quarter turn to the left about the top: the nose points along y.
        float half = (float) Math.sqrt(0.5);
        Attitude turned = new Attitude(0, 0, half, half, 0, 0, 0);
        EntityId carrier = world.create(new Position(1000, 0, 0), turned);
        EntityId ship = world.create(new Position(0, 0, 0), turned, new Parent(carrier, 100, 0, 0));
        EntityId crew = world.create(new Position(0, 0, 0), new Parent(ship, 0, 10, 0));
        EntityId box = world.create(new Parent(ship, 1, 0, 0));
        EntityId label = world.create(new Position(0, 0, 0), new Parent(box, 5, 5, 5));
        EntityId free = world.create(new Position(7, 7, 7), new Parent(EntityId.NONE, 1, 1, 1));
        world.apply();
        world.stamp(1);
        try (Schedule schedule = schedule(1)) {
            run(schedule);
            assertPlace(ship, 1000, 100, 0);
            assertPlace(crew, 990, 100, 0);
            assertPlace(label, 1005, 106, 5);
            assertPlace(free, 7, 7, 7);
            world.stamp(2);
            run(schedule);
            for (int i = 0; i < world.tableCount(); i++) {
                PositionColumn positions = world.table(i).column(PositionColumn.TYPE);
                if (positions != null) {
                    assertThat(positions.isRangeMarked(0)).as("nothing moved").isFalse();
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private void assertPlace(EntityId id, double x, double y, double z) {
        Position position = world.read(id, Position.class);
        assertThat(position).isNotNull();
        assertThat(position.x()).isCloseTo(x, offset(1e-3));
        assertThat(position.y()).isCloseTo(y, offset(1e-3));
        assertThat(position.z()).isCloseTo(z, offset(1e-3));
    }

    private static SystemTimings timings(Schedule schedule, String name) {
        return schedule.timings().stream()
                .filter(timings -> timings.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static SystemSpec spec(String name, Access access, SystemTask task) {
        return SystemSpec.of(name, Stage.ACT, access, task);
    }

    private Schedule schedule(int threads, SystemSpec... specs) {
        List<RegisteredSystem> systems = new ArrayList<>();
        for (SystemSpec spec : specs) {
            systems.add(new RegisteredSystem("p", spec));
        }
        return Schedule.alwaysParallel(world, systems, Map.of(), threads);
    }

    private void run(Schedule schedule) {
        tick.advance();
        schedule.run(
                tick, (system, number, fault) -> faults.add(system + " " + number + " " + fault));
        world.apply();
    }
}
