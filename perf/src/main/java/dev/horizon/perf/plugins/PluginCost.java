package dev.horizon.perf.plugins;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.budget.CountBudget;
import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.dispatch.LaterEvents;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.perf.Figure;
import dev.horizon.perf.Nobody;
import dev.horizon.perf.plugins.moves.MovesPlugin;
import dev.horizon.perf.processes.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.IoUtil;

/**
 * What it costs a system and handlers to be a plugin's: loaded by its own class loader, counted and
 * measured against budgets. The same code is the engine's own beside it - its classes, no budgets -
 * and both run in turns.
 */
final class PluginCost {
    private static final String NAME = "moves";
    private static final int ROWS = 10_000;
    private static final int PAIRS = 1_000;
    private static final int WARM_UP = 3_000;
    private static final double GOAL = 1.05;

    /** Handlers, or systems. */
    @FunctionalInterface
    private interface Work {
        void run(Side side);
    }

    List<Figure> run() throws IOException {
        Path folder = Files.createTempDirectory("horizon-plugin-cost-");
        try {
            PluginHost loaded = new PluginHost(true, Map.of());
            loaded.scan(List.of(PluginJar.write(folder, NAME, MovesPlugin.class)));
            PluginHost own = new PluginHost(true, Map.of());
            own.add(new MovesPlugin(), PluginDescriptor.of(NAME, MovesPlugin.class));
            long much = Long.MAX_VALUE / 2;
            Ledger budgets =
                    new Ledger(
                            new CountBudget(1 << 30, 1 << 30, 1 << 30, 1 << 30),
                            new CostBudget(much, much, much, much, 0, 0));
            // One world for both: where arrays lie in memory is worth more than what is measured.
            try (WorldState world = world();
                    Side plugin = new Side(world, loaded.load(), budgets);
                    Side engine = new Side(world, own.load(), Ledger.none())) {
                return List.of(
                        ratio("a plugin's system to the engine's", plugin, engine, Side::systems),
                        ratio("its handlers to the engine's", plugin, engine, Side::handlers));
            }
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private static WorldState world() {
        WorldState world = WorldState.create(1, List.of());
        for (int i = 0; i < ROWS; i++) {
            world.create(new Position(i, 0, 0), new Motion(1, 2, 3, 0, 0, 0));
        }
        world.apply();
        return world;
    }

    private static Figure ratio(String name, Side plugin, Side engine, Work work) {
        double[] ratios = new double[PAIRS];
        for (int i = -WARM_UP; i < PAIRS; i++) {
            // Who goes second finds the caches otherwise than who goes first.
            boolean isPluginFirst = (i & 1) == 0;
            long first = nanos(isPluginFirst ? plugin : engine, work);
            long second = nanos(isPluginFirst ? engine : plugin, work);
            if (i >= 0) {
                ratios[i] = isPluginFirst ? (double) first / second : (double) second / first;
            }
        }
        Arrays.sort(ratios);
        return Figure.atMost(name + ", median of pairs", ratios[PAIRS / 2], "x", GOAL);
    }

    private static long nanos(Side side, Work work) {
        long start = System.nanoTime();
        work.run(side);
        return System.nanoTime() - start;
    }

    /** What runs over the world. */
    private static final class Side implements AutoCloseable {
        private final LoadedPlugins plugins;
        private final Ledger ledger;
        private final TickState tick = new TickState(1, 0.05);
        private final Schedule schedule;

        Side(WorldState world, LoadedPlugins plugins, Ledger ledger) {
            this.plugins = plugins;
            this.ledger = ledger;
            schedule = Schedule.of(world, plugins.systems(), plugins.derived(), 1);
            schedule.meter(ledger);
            plugins.events().attach(tick, world, new Nobody(), LaterEvents.NONE);
            plugins.events().meter(ledger);
        }

        void systems() {
            tick.advance();
            schedule.run(tick, (system, at, fault) -> fail(fault));
            endTick();
        }

        void handlers() {
            tick.advance();
            plugins.events().dispatch(TickStarted.INSTANCE);
            endTick();
        }

        private void endTick() {
            ledger.endTick(
                    tick.number(),
                    (name, plugin, ticks, what) -> {
                        throw new IllegalStateException(name + " took " + what);
                    });
            if (plugins.events().quarantine().total() > 0) {
                throw new IllegalStateException(
                        plugins.events().quarantine().reports().getFirst().toString());
            }
        }

        private static void fail(Throwable fault) {
            throw new IllegalStateException(fault);
        }

        @Override
        public void close() {
            schedule.close();
        }
    }
}
