package dev.horizon.perf.live;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import dev.horizon.perf.universe.DemoPlugins;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** World, systems and events of the demo star system, before anything is wired to the outside. */
public final class SolEngine implements AutoCloseable {
    /** Its name. */
    public static final String STAR_SYSTEM = "sol";

    private static final double EXTENT_METRES = 1e15;

    private final long seed;
    private final LoadedPlugins plugins;
    private final WorldState world;
    private final Schedule schedule;

    /**
     * Loads the plugins on the class path, as {@code up} does; the first tick lays the star system
     * out.
     *
     * @param objects ships and others together, a fifth of them ships; their parts come on top
     * @param threads that systems run on
     * @param spread true to spread over the threads even what is too small to gain by it
     */
    public SolEngine(int objects, long seed, int threads, boolean spread) {
        this.seed = seed;
        int ships = objects / 5;
        Map<String, Object> settings =
                Map.of("seed", seed, "ships", ships, "objects", objects - ships);
        plugins = DemoPlugins.host(Map.of(STAR_SYSTEM, settings)).load();
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world = WorldState.create(1, components);
        schedule =
                spread
                        ? Schedule.alwaysParallel(
                                world, plugins.systems(), plugins.derived(), threads)
                        : Schedule.of(world, plugins.systems(), plugins.derived(), threads);
    }

    /** A loop around it, to be given its ports. */
    public TickLoopBuilder loop() {
        double far = EXTENT_METRES;
        Region everywhere = new Region(1, STAR_SYSTEM, 1, -far, -far, -far, far, far, far);
        return TickLoop.of(world, schedule, plugins.events())
                .sights(plugins.sights())
                .starSystem(STAR_SYSTEM, seed)
                .startedRegions(List.of(everywhere));
    }

    /** The state. */
    public WorldState world() {
        return world;
    }

    /** The systems. */
    public Schedule schedule() {
        return schedule;
    }

    /**
     * Fails when a system or handler threw.
     *
     * @throws IllegalStateException with the first report
     */
    public void failOnFaults() {
        if (!plugins.events().quarantine().reports().isEmpty()) {
            throw new IllegalStateException(
                    plugins.events().quarantine().reports().getFirst().toString());
        }
    }

    @Override
    public void close() {
        schedule.close();
        world.close();
    }
}
