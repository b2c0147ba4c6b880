package dev.horizon.perf.universe;

import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.events.TickStarted;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.schedule.SystemFaultListener;
import dev.horizon.engine.schedule.SystemTimings;
import dev.horizon.engine.schedule.TickState;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import dev.horizon.perf.Nobody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The demo star system with all its plugins, stepped by hand as fast as it goes. */
public final class UniverseWorld implements AutoCloseable {
    private static final double DT = 0.05;
    private static final double EXTENT = 1e9;

    private final WorldState state;
    private final Schedule schedule;
    private final LoadedPlugins plugins;
    private final TickState tick;
    private final SystemFaultListener faults = (system, number, thrown) -> fault = thrown;
    private @Nullable Throwable fault;

    /**
     * Lays the system out.
     *
     * @param objects ships and others together, a fifth of them ships
     */
    public UniverseWorld(int objects, long seed) {
        int ships = objects / 5;
        plugins =
                DemoPlugins.host(
                                Map.of(
                                        "sol",
                                        Map.of(
                                                "seed",
                                                seed,
                                                "ships",
                                                ships,
                                                "objects",
                                                objects - ships)))
                        .load();
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        state = WorldState.create(1, components);
        schedule = Schedule.of(state, plugins.systems(), plugins.derived(), 1);
        tick = new TickState(seed, DT);
        plugins.events().attach(tick, state, new Nobody(), new Alone(plugins.events()));
        tick.advance();
        plugins.events()
                .dispatch(
                        new RegionStarted(
                                new Region(
                                        1, "sol", 1, -EXTENT, -EXTENT, -EXTENT, EXTENT, EXTENT,
                                        EXTENT)));
        state.apply();
    }

    /**
     * One tick: handlers, systems, structural changes.
     *
     * @throws IllegalStateException when a system or handler threw, the audit for instance
     */
    public void step() {
        plugins.events().dispatch(TickStarted.INSTANCE);
        if (state.hasPendingChanges()) {
            state.apply();
        }
        schedule.run(tick, faults);
        if (fault != null || !plugins.events().quarantine().reports().isEmpty()) {
            throw new IllegalStateException(
                    "something failed in tick "
                            + tick.number()
                            + ": "
                            + plugins.events().quarantine().reports(),
                    fault);
        }
        state.apply();
        state.stamp(tick.number());
        tick.advance();
    }

    /** The state. */
    public WorldState state() {
        return state;
    }

    /** What each system took. */
    public List<SystemTimings> timings() {
        return schedule.timings();
    }

    /** Runs an operator's command. */
    public String command(String name) {
        return plugins.events().command(name, List.of());
    }

    @Override
    public void close() {
        schedule.close();
        state.close();
    }
}
