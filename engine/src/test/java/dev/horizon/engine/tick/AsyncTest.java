package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.events.AsyncFailed;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.plugin.Plugin;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Slow work that never comes to an end. */
class AsyncTest {
    private static final long MINUTE_NANOS = TimeUnit.SECONDS.toNanos(61);
    private static final int TICKS_MAX = 20_000;
    private static final int SECONDS_MAX = 180;

    private volatile boolean isOver;
    private volatile int begun;
    private long dug;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    record Dig(int deep) {}

    record Ask(int number) {}

    record Found(int depth) {}

    record Told(int number) {}

    private Plugin endless() {
        return r -> {
            r.async(Dig.class, Found.class, this::dig);
            r.events().onPlugin(Found.class, (found, context) -> seen.add("found"));
            r.events().on(AsyncFailed.class, (failed, context) -> seen.add(failed.reason()));
            r.events()
                    .on(
                            TickStarted.class,
                            (event, context) -> {
                                if (context.tick().number() <= AsyncDesk.STUCK_MAX) {
                                    context.async(new Dig(1));
                                }
                            });
        };
    }

    /** Heeds no interrupt. */
    private Found dig(Dig dig) {
        begun++;
        while (!isOver) {
            dug++;
        }
        return new Found(dig.deep());
    }

    private Plugin prompt() {
        return r -> {
            r.async(Ask.class, Told.class, ask -> new Told(ask.number()));
            r.events().onPlugin(Told.class, (told, context) -> seen.add("told " + told.number()));
            r.events()
                    .on(
                            TickStarted.class,
                            (event, context) -> {
                                if (context.tick().number() == AsyncDesk.STUCK_MAX + 1) {
                                    context.async(new Ask(7));
                                }
                            });
        };
    }

    @Test
    void shouldGoOnBesideWorkThatNeverReturns() throws Exception {
        try (Rig rig = new Rig(TickConfig.standard(), 1, CostBudget.NONE, endless(), prompt())) {
            rig.tick(AsyncDesk.STUCK_MAX + 1);
            until(rig, () -> seen.contains("told 7"));
            until(rig, () -> begun == AsyncDesk.STUCK_MAX);
            try (var virtual = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(virtual.submit(() -> "a page").get(SECONDS_MAX, TimeUnit.SECONDS))
                        .isEqualTo("a page");
            }

            rig.clock.now += MINUTE_NANOS;
            until(rig, () -> seen.size() == AsyncDesk.STUCK_MAX + 1);
            assertThat(seen)
                    .filteredOn(line -> line.startsWith("it took longer than a minute"))
                    .hasSize(AsyncDesk.STUCK_MAX)
                    .allSatisfy(line -> assertThat(line).contains("AsyncTest.dig(AsyncTest.java:"));
            QuarantineReport report = rig.plugins.events().quarantine().reports().getFirst();
            assertThat(report.plugin()).isEqualTo("plugin-0");
            assertThat(report.stack()).contains("HZ-ASY-001", "AsyncTest.dig");
            assertThat(rig.plugins.events().quarantined()).isEmpty();
        } finally {
            isOver = true;
        }
        assertThat(dug).isNotNegative();
    }

    private static void until(Rig rig, BooleanSupplier isDone) {
        for (int i = 0; i < TICKS_MAX && !isDone.getAsBoolean(); i++) {
            rig.tick(1);
            Thread.yield();
        }
        assertThat(isDone.getAsBoolean()).isTrue();
    }
}
