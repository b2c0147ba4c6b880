package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.budget.CountBudget;
import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who takes more of a tick than its budget. */
class BudgetTest {
    private static final Composition ROCK = Composition.of(PositionColumn.TYPE);
    private static final CountBudget COUNTS = new CountBudget(100, 30, 50, 20);

    /** Enough that ranges are several. */
    private static final int SHIPS = 4_000;

    private static final int KILOBYTE = 1 << 10;

    /** Keeps what is allocated from being optimised away. */
    private static volatile byte[] garbage = {};

    record Blow(int number) {}

    private final List<String> seen = new ArrayList<>();

    private static Rig rig(int threads, Plugin... plugins) {
        return new Rig(TickConfig.standard().with(COUNTS), threads, CostBudget.NONE, plugins);
    }

    private Plugin sane() {
        return r -> r.events().on(TickStarted.class, (e, c) -> seen.add("" + c.tick().number()));
    }

    @Test
    void shouldQuarantineAStormOfEventsInTheSameTickThoughItIsSwallowed() {
        boolean[] isStormy = {true};
        Plugin storm =
                r -> {
                    r.events()
                            .on(
                                    TickStarted.class,
                                    (e, c) -> {
                                        for (int i = 0; isStormy[0] && i < 1_000; i++) {
                                            try {
                                                c.emit(new Blow(i));
                                            } catch (RuntimeException ignored) {
                                                seen.add("refused");
                                                return;
                                            }
                                        }
                                    });
                    r.events().onPlugin(Blow.class, (e, c) -> seen.add("blow"));
                };
        try (Rig rig = rig(1, storm, sane())) {
            rig.tick(1);

            assertThat(rig.plugins.events().quarantined()).containsExactly("plugin-0/TickStarted");
            QuarantineReport report = rig.plugins.events().quarantine().reports().getFirst();
            assertThat(report.tick()).isEqualTo(1);
            assertThat(report.stack()).contains("HZ-PLG-023", "100 events");
            assertThat(seen).filteredOn("blow"::equals).hasSize(100);
            assertThat(seen).filteredOn("refused"::equals).hasSize(1);

            isStormy[0] = false;
            rig.loop.operator().submit("engine:lift plugin-0/TickStarted");
            rig.tick(3);
            assertThat(rig.plugins.events().quarantined()).isEmpty();
            assertThat(seen).contains("1", "2", "3", "4");
        }
    }

    @Test
    void shouldQuarantineAHandlerThatCreatesWithoutEnd() {
        Plugin maker =
                r ->
                        r.events()
                                .on(
                                        TickStarted.class,
                                        (e, c) -> {
                                            while (true) {
                                                c.world().create(new Position(1, 2, 3));
                                            }
                                        });
        try (Rig rig = rig(1, maker, sane())) {
            rig.tick(2);

            assertThat(rig.world.entities()).isEqualTo(30);
            assertThat(rig.plugins.events().quarantined()).containsExactly("plugin-0/TickStarted");
            assertThat(seen).containsExactly("1", "2");
        }
    }

    @Test
    void shouldLetAWorldBeMadeOfAnyNumber() {
        try (Rig rig = rig(1, r -> fleet(r, SHIPS))) {
            rig.tick(1);

            assertThat(rig.world.entities()).isEqualTo(SHIPS);
            assertThat(rig.plugins.events().quarantined()).isEmpty();
        }
    }

    @Test
    void shouldQuarantineTheSameSystemsAtAnyNumberOfThreads() {
        List<Long> hashes = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            // The last is within its own budget, but not within what the plugin has left.
            Plugin makers =
                    r -> {
                        fleet(r, SHIPS);
                        r.system(spawner("few", Stage.MOVE, 15));
                        r.system(spawner("endless", Stage.DECIDE, Integer.MAX_VALUE));
                        r.system(spawner("many", Stage.SENSE, 18));
                    };
            try (Rig rig = rig(threads, makers, r -> r.system(spawner("other", Stage.MOVE, 5)))) {
                rig.tick(3);

                assertThat(quarantinedSystems(rig))
                        .containsExactly("plugin-0/endless", "plugin-0/many");
                assertThat(rig.plugins.events().quarantine().reports())
                        .allSatisfy(report -> {
                            assertThat(report.tick()).isEqualTo(1);
                            assertThat(report.stack()).contains("HZ-PLG-023");
                        });
                assertThat(rig.world.entities()).isEqualTo(SHIPS + 3 * (15 + 5));
                if (threads == 1) {
                    hashes.addAll(rig.log.hashes());
                } else {
                    assertThat(rig.log.hashes()).isEqualTo(hashes);
                }
            }
        }
    }

    @Test
    void shouldReportCostOnceAndChangeNothingUnlessItIsTold() {
        List<Long> hashes = new ArrayList<>();
        for (CostBudget costs : List.of(costs(0), CostBudget.NONE)) {
            try (Rig rig = new Rig(TickConfig.standard(), 1, costs, greedy(), sane())) {
                rig.tick(20);

                assertThat(quarantinedSystems(rig)).isEmpty();
                if (costs.systemBytes() > 0) {
                    assertThat(rig.loop.overruns().reports())
                            .singleElement()
                            .satisfies(report -> {
                                assertThat(report.name()).isEqualTo("plugin-0/greedy");
                                assertThat(report.plugin()).isEqualTo("plugin-0");
                                assertThat(report.tick()).isEqualTo(6);
                                assertThat(report.stack()).contains("HZ-PLG-024");
                            });
                    assertThat(rig.loop.metrics().count(Counter.BUDGET_OVERRUNS)).isEqualTo(15);
                    hashes.addAll(rig.log.hashes());
                } else {
                    assertThat(rig.loop.overruns().reports()).isEmpty();
                    assertThat(rig.log.hashes()).isEqualTo(hashes);
                }
            }
        }
    }

    @Test
    void shouldSkipWhatCostsTooMuchByACommandThatAReplayRepeats() {
        MemoryTickLog tape;
        try (Rig rig = new Rig(TickConfig.standard(), 1, costs(3), greedy(), sane())) {
            rig.tick(20);

            assertThat(quarantinedSystems(rig)).containsExactly("plugin-0/greedy");
            assertThat(rig.loop.overruns().reports()).hasSize(2);
            assertThat(rig.loop.overruns().reports().getLast().stack()).contains("skipped");
            assertThat(rig.log.inputs().get(8)).hasSize(1);
            tape = rig.log;
        }
        try (Rig replay = rig(1, greedy(), sane())) {
            for (List<byte[]> tick : tape.inputs()) {
                replay.inputs.addAll(tick);
                replay.tick(1);
            }
            assertThat(quarantinedSystems(replay)).containsExactly("plugin-0/greedy");
            assertThat(replay.log.hashes()).isEqualTo(tape.hashes()).hasSize(20);
        }
    }

    @Test
    void shouldSkipAPluginWhoseHandlersCostTooMuch() {
        CostBudget costs = new CostBudget(0, 64 * KILOBYTE, 0, 0, 2, 0);
        Plugin wasteful =
                r -> r.events().on(TickStarted.class, (e, c) -> garbage = new byte[256 * KILOBYTE]);
        try (Rig rig = new Rig(TickConfig.standard(), 1, costs, wasteful, sane())) {
            rig.tick(6);

            assertThat(rig.plugins.events().skippedPlugins()).containsExactly("plugin-0");
            assertThat(seen).hasSize(6);
        }
    }

    @Test
    void shouldNameWhoCostsTooMuchWhereTurnsAreTooManyToBeMeasuredEach() {
        CostBudget costs = new CostBudget(0, 400 * KILOBYTE, 0, 0, 0, 0);
        Plugin raiser =
                r ->
                        r.events()
                                .on(
                                        TickStarted.class,
                                        (e, c) -> {
                                            for (int i = 0; i < 1_000; i++) {
                                                c.emit(new Blow(i));
                                            }
                                        });
        Plugin wasteful =
                r -> r.events().onPlugin(Blow.class, (e, c) -> garbage = waste(e.number()));
        Plugin frugal = r -> r.events().onPlugin(Blow.class, (e, c) -> {});
        try (Rig rig = new Rig(TickConfig.standard(), 1, costs, raiser, frugal, wasteful, frugal)) {
            rig.tick(5);

            assertThat(rig.loop.overruns().reports())
                    .singleElement()
                    .satisfies(report -> {
                        assertThat(report.name()).isEqualTo("plugin-2");
                        assertThat(report.tick()).isEqualTo(2);
                    });
        }
    }

    /** The later half of a tick's events cost a kilobyte each. */
    private static byte[] waste(int number) {
        return number < 500 ? garbage : new byte[KILOBYTE];
    }

    @Test
    void shouldLetOnePluginTakeMoreAndAnotherLess() {
        Map<String, Map<String, Object>> tables =
                Map.of(
                        "plugin-0",
                        Map.of("budget", Map.of("kilobytes", 512)),
                        "plugin-1",
                        Map.of("budget", Map.of("events", 3)));
        Plugin wasteful =
                r -> r.events().on(TickStarted.class, (e, c) -> garbage = new byte[256 * KILOBYTE]);
        Plugin talker =
                r -> {
                    r.events()
                            .on(
                                    TickStarted.class,
                                    (e, c) -> {
                                        for (int i = 0; i < 5; i++) {
                                            c.emit(new Blow(i));
                                        }
                                    });
                    r.events().onPlugin(Blow.class, (e, c) -> seen.add("blow"));
                };
        CostBudget costs = new CostBudget(0, 64 * KILOBYTE, 0, 0, 2, 0);
        try (Rig rig = new Rig(costs, tables, wasteful, talker, wasteful)) {
            rig.tick(6);

            assertThat(rig.plugins.events().skippedPlugins()).containsExactly("plugin-2");
            assertThat(rig.plugins.events().quarantined()).contains("plugin-1/TickStarted");
            assertThat(seen).hasSize(3);
        }
    }

    @Test
    void shouldRefuseABudgetThatIsNone() {
        Plugin any = r -> {};
        assertThatThrownBy(() ->
                        new Rig(
                                CostBudget.NONE,
                                Map.of("plugin-0", Map.of("budget", Map.of("events", -2))),
                                any))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("plugins.plugin-0.budget");
        assertThatThrownBy(() ->
                        new Rig(
                                CostBudget.NONE,
                                Map.of("plugin-0", Map.of("budget", Map.of("evnts", 2))),
                                any))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("plugins.plugin-0.budget.events");
    }

    @Test
    void shouldMeasureWithoutAllocating() {
        long without = allocatedIn(CostBudget.NONE);

        assertThat(allocatedIn(new CostBudget(1L << 40, 1L << 40, 1L << 40, 1L << 40, 3, 0)))
                .as("bytes of 200 ticks, %d of them the test's", without)
                .isLessThan(without + 1_000);
    }

    private static long allocatedIn(CostBudget costs) {
        Plugin busy =
                r -> {
                    fleet(r, SHIPS);
                    r.system(
                            SystemSpec.of(
                                    "drift",
                                    Stage.MOVE,
                                    Access.reading(MotionColumn.TYPE).writing(PositionColumn.TYPE),
                                    BudgetTest::drift));
                    r.events().on(TickStarted.class, (e, c) -> c.tick().number());
                };
        try (Rig rig = new Rig(TickConfig.standard(), 1, costs, busy)) {
            rig.log.keepsNothing = true;
            rig.tick(3_000);
            long before = Ledger.allocatedBytes();
            rig.tick(200);
            assertThat(rig.loop.overruns().reports()).isEmpty();
            return Ledger.allocatedBytes() - before;
        }
    }

    @Test
    void shouldReportTimeBeyondABudgetOfNone() {
        CostBudget costs = new CostBudget(1, 0, 1, 0, 0, 0);
        try (Rig rig = new Rig(TickConfig.standard(), 1, costs, greedy())) {
            rig.tick(200);

            assertThat(rig.loop.overruns().reports())
                    .extracting(QuarantineReport::name)
                    .contains("plugin-0", "plugin-0/greedy");
            assertThat(rig.loop.overruns().reports().getFirst().stack())
                    .contains(" us of its 0 us");
        }
    }

    private static CostBudget costs(int ticksMax) {
        return new CostBudget(0, 0, 0, 64 * KILOBYTE, ticksMax, 5);
    }

    /** A system that allocates, and moves one entity so that its absence shows. */
    private static Plugin greedy() {
        return r -> {
            fleet(r, 10);
            r.system(
                    SystemSpec.of(
                            "greedy",
                            Stage.MOVE,
                            Access.reading(MotionColumn.TYPE).writing(PositionColumn.TYPE),
                            (rows, tick) -> {
                                garbage = new byte[256 * KILOBYTE];
                                drift(rows, tick);
                            }));
        };
    }

    private static void drift(Rows rows, Tick tick) {
        PositionColumn position = rows.write(PositionColumn.TYPE);
        for (int row = rows.from(); row < rows.to(); row++) {
            position.x[row] += tick.dt();
        }
    }

    private static void fleet(Registrar registrar, int ships) {
        registrar
                .events()
                .on(
                        RegionStarted.class,
                        (e, c) -> {
                            for (int i = 0; i < ships; i++) {
                                c.world()
                                        .create(
                                                new Position(i, 0, 0),
                                                new Motion(1, 0, 0, 0, 0, 0));
                            }
                        });
    }

    /** Spawns from its first rows. */
    private static SystemSpec spawner(String name, Stage stage, int rocks) {
        return SystemSpec.of(
                name,
                stage,
                Access.reading(MotionColumn.TYPE).spawning(PositionColumn.TYPE),
                (rows, tick) -> {
                    for (int i = 0; rows.from() == 0 && i < rocks; i++) {
                        rows.commands().spawn(ROCK);
                    }
                });
    }

    private static List<String> quarantinedSystems(Rig rig) {
        return rig.schedule.timings().stream()
                .filter(system -> system.quarantined())
                .map(system -> system.name())
                .toList();
    }
}
