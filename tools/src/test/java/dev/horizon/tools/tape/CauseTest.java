package dev.horizon.tools.tape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.Cause;
import dev.horizon.net.replay.Divergence;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nondeterminism planted in plugins, which a program puts in without the check that a jar must
 * pass: the tape shows it, and divergence names who did it.
 */
class CauseTest {
    private static final int ROWS = 16_384;
    private static final int BAD_TICK = 30;
    private static final long MEMORY_MAX = 24 << 20;

    @TempDir Path folder;

    @Test
    void shouldNameTheSystemThatReadsAClock() {
        find(
                () ->
                        (rows, tick) -> {
                            double[] x = rows.write(PositionColumn.TYPE).x;
                            if (tick.number() == BAD_TICK) {
                                x[rows.from()] = System.nanoTime();
                            }
                        },
                1);
    }

    @Test
    void shouldNameTheSystemThatGoesByHashOrder() {
        find(
                () ->
                        (rows, tick) -> {
                            double[] x = rows.write(PositionColumn.TYPE).x;
                            if (tick.number() == BAD_TICK) {
                                Set<Object> keys = new HashSet<>();
                                Object first = new Object();
                                keys.add(first);
                                for (int i = 0; i < 1_000; i++) {
                                    keys.add(new Object());
                                }
                                int place = 0;
                                for (Object key : keys) {
                                    place++;
                                    if (key == first) {
                                        break;
                                    }
                                }
                                x[rows.from()] = place;
                            }
                        },
                1);
    }

    /** What a range writes depends on which ranges the other thread has added by then. */
    @Test
    void shouldNameTheSystemThatSumsInNoOrder() {
        find(
                () -> {
                    double[] sum = new double[1];
                    return (rows, tick) -> {
                        double[] x = rows.write(PositionColumn.TYPE).x;
                        if (tick.number() == BAD_TICK) {
                            double own = work(rows.from());
                            synchronized (sum) {
                                sum[0] += own;
                                x[rows.from()] = sum[0];
                            }
                        }
                    };
                },
                2);
    }

    /** Takes long enough for the other thread to have a share. */
    private static double work(int from) {
        double sum = from;
        for (int i = 0; i < 20_000; i++) {
            sum += StrictMath.sin(sum);
        }
        return sum;
    }

    private void find(Supplier<SystemTask> task, int threads) {
        TapeFile tape = record("data", task, threads);
        TapeSource source = source(tape, task, threads);
        Cause cause = Objects.requireNonNull(Cause.find(source, 5));
        assertThat(cause.tick()).isEqualTo(BAD_TICK);
        assertThat(cause.how()).isEqualTo(Cause.How.SIDE_BY_SIDE);
        assertThat(cause.writers()).containsExactly("fickle/sum");
        assertThat(cause.components()).containsExactly("Position");
        assertThat(cause.changes())
                .allSatisfy(change -> {
                    assertThat(change.field()).isEqualTo("x");
                    assertThat(change.before()).isNotEqualTo(change.after());
                });
        assertThat(cause.changes()).isNotEmpty();

        TapeFile other = record("other", task, threads);
        Divergence parting = Objects.requireNonNull(Divergence.find(tape, other));
        assertThat(parting.tick()).isEqualTo(BAD_TICK);
        assertThat(parting.isInput()).isFalse();
        assertThat(parting.components()).containsExactly("Position");
        Cause between = Cause.of(parting, source, source(other, task, threads), 5);
        assertThat(between.writers()).containsExactly("fickle/sum");
    }

    @Test
    void shouldSayWhoWroteWhenThisBuildAgreesWithItselfAlone() {
        TapeFile tape = record("data", () -> late(BAD_TICK), 1);
        TapeSource source = source(tape, () -> late(BAD_TICK + 5), 1);
        Cause cause = Objects.requireNonNull(Cause.find(source, 5));
        assertThat(cause.tick()).isEqualTo(BAD_TICK);
        assertThat(cause.how()).isEqualTo(Cause.How.RECORDED_HASHES);
        assertThat(cause.components()).containsExactly("Position");
        assertThat(cause.writers()).isSubsetOf("fickle/sum", "fickle/drift");
        assertThat(Cause.find(source(tape, () -> late(BAD_TICK), 2), 5)).isNull();
    }

    /** Two builds of a plugin whose handler makes another thing. */
    @Test
    void shouldNameTheHandlerThatDiffers() {
        TapeFile one = tape("one", handler(1), 1);
        TapeFile other = tape("other", handler(2), 1);
        Divergence parting = Objects.requireNonNull(Divergence.find(one, other));
        Cause cause =
                Cause.of(
                        parting,
                        TapeSource.of(one, setup -> load(handler(1)), 1),
                        TapeSource.of(other, setup -> load(handler(2)), 1),
                        5);
        assertThat(cause.tick()).isEqualTo(BAD_TICK);
        assertThat(cause.writers()).singleElement().asString().contains("TickStarted");
        assertThat(cause.changes()).isNotEmpty();
    }

    @Test
    void shouldRunFromASnapshotAsFromTheStart() {
        TapeFile tape = record("data", () -> late(BAD_TICK), 1);
        assertThat(tape.snapshots()).hasSize(1);
        try (Rerun rerun = source(tape, () -> late(BAD_TICK), 2).at(BAD_TICK + 3)) {
            assertThat(rerun.tick()).isEqualTo(BAD_TICK + 3);
            while (rerun.step()) {
                // Compares.
            }
            assertThat(rerun.difference()).isNull();
        }
    }

    /**
     * Many may be open at once, as in a timeline of two tapes. Before its first tick, in which
     * Dominion takes 32 MB for a world, on this thread or on one that was sooner.
     */
    @Test
    void shouldTakeLittleMemoryBesideTheWorld() {
        TapeFile tape = record("data", () -> late(BAD_TICK), 1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Rerun rerun = source(tape, () -> late(BAD_TICK), 1).start()) {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MEMORY_MAX);
            assertThat(rerun.step()).isTrue();
        }
    }

    private static SystemTask late(int at) {
        return (rows, tick) -> {
            double[] x = rows.write(PositionColumn.TYPE).x;
            if (tick.number() == at) {
                x[rows.from()] = 1;
            }
        };
    }

    private static Plugin handler(int factor) {
        return registrar ->
                registrar
                        .events()
                        .on(
                                TickStarted.class,
                                (event, context) -> {
                                    if (context.tick().number() == BAD_TICK) {
                                        context.world().create(new Position(factor, 0, 0));
                                    }
                                });
    }

    private static Plugin plugin(SystemTask task) {
        return registrar -> {
            registrar
                    .events()
                    .on(
                            RegionStarted.class,
                            (event, context) -> {
                                for (int i = 0; i < ROWS; i++) {
                                    context.world().create(new Position(i, 0, 0));
                                }
                            });
            registrar.system(
                    SystemSpec.of(
                            "drift",
                            Stage.DECIDE,
                            Access.none().writing(PositionColumn.TYPE),
                            (rows, tick) -> {
                                double[] y = rows.write(PositionColumn.TYPE).y;
                                for (int i = rows.from(); i < rows.to(); i++) {
                                    y[i] += 1;
                                }
                            }));
            registrar.system(
                    SystemSpec.of(
                            "sum", Stage.MOVE, Access.none().writing(PositionColumn.TYPE), task));
        };
    }

    private TapeFile record(String name, Supplier<SystemTask> task, int threads) {
        return tape(name, plugin(task.get()), threads);
    }

    private TapeFile tape(String name, Plugin plugin, int threads) {
        Path data = folder.resolve(name);
        try (RecordedRun run = RecordedRun.of(data, load(plugin), threads)) {
            run.tick(BAD_TICK - 10).snapshot().tick(30);
        }
        return TapeFile.list(data).getFirst();
    }

    private static TapeSource source(TapeFile tape, Supplier<SystemTask> task, int threads) {
        return TapeSource.of(tape, setup -> load(plugin(task.get())), threads);
    }

    private static LoadedPlugins load(Plugin plugin) {
        PluginHost host = new PluginHost(true, Map.of());
        host.add(plugin, PluginDescriptor.of("fickle", plugin.getClass()));
        return host.load();
    }
}
