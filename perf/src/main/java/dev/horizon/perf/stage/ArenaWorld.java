package dev.horizon.perf.stage;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import dev.horizon.perf.arena.ArenaPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** World, systems and events of the arena, before anything is wired to the outside. */
public final class ArenaWorld implements AutoCloseable {
    /** The star system's name. */
    public static final String STAR_SYSTEM = "arena";

    private static final double EXTENT_METRES = 1e15;

    private final long seed;
    private final LoadedPlugins plugins;
    private final WorldState world;
    private final Schedule schedule;

    /** Loads the plugin with its settings; the first tick lays the arena out. */
    public ArenaWorld(Map<String, Object> settings, long seed) {
        this.seed = seed;
        PluginHost host = new PluginHost(true, Map.of(ArenaPlugin.NAME, settings));
        host.add(new ArenaPlugin(), PluginDescriptor.of(ArenaPlugin.NAME, ArenaPlugin.class));
        plugins = host.load();
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world = WorldState.create(1, components);
        schedule = Schedule.of(world, plugins.systems(), plugins.derived(), 1);
    }

    /** A loop around it, to be given its ports. */
    public TickLoopBuilder loop() {
        double far = EXTENT_METRES;
        Region everywhere = new Region(1, STAR_SYSTEM, 1, -far, -far, -far, far, far, far);
        return TickLoop.of(world, schedule, plugins.events())
                .starSystem(STAR_SYSTEM, seed)
                .sights(plugins.sights())
                .startedRegions(List.of(everywhere));
    }

    /** The state. */
    public WorldState state() {
        return world;
    }

    /** What clients may send. */
    public EventCatalogue catalogue() {
        return plugins.events().catalogue();
    }

    /** Its events. */
    public EventBus events() {
        return plugins.events();
    }

    @Override
    public void close() {
        schedule.close();
        world.close();
    }
}
