package dev.horizon.perf.tape;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TapeWriter;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/** A loop that writes its tape as fast as it can, without a node. */
final class TapedRun implements AutoCloseable {
    private static final double FAR = 1e15;
    private static final int THREADS = 2;

    private final WorldState world;
    private final Schedule schedule;
    private final TapeWriter tape;
    private final TickLoop loop;

    TapedRun(
            Path data,
            LoadedPlugins plugins,
            Map<String, Map<String, Object>> settings,
            InputSource inputs,
            long seed) {
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        world = WorldState.create(1, components);
        schedule = Schedule.of(world, plugins.systems(), plugins.derived(), THREADS);
        List<Region> regions = List.of(new Region(1, "sol", 1, -FAR, -FAR, -FAR, FAR, FAR, FAR));
        TickConfig config = TickConfig.standard();
        tape =
                TapeWriter.create(
                        data,
                        1,
                        new TapeHeader(seed, 1, config.tickHz(), "sol", "bench"),
                        TapeSetup.of(world, config, regions, plugins, settings, List.of(), null)
                                .encode());
        loop =
                TickLoop.of(world, schedule, plugins.events())
                        .config(config)
                        .sights(plugins.sights())
                        .starSystem("sol", seed)
                        .startedRegions(regions)
                        .inputs(inputs)
                        .tickLog(tape)
                        .build();
    }

    /**
     * Of the distribution's plugins, whose jars are kept beside the tape: all verbs open it.
     *
     * @param home of the distribution
     */
    static TapedRun ofDistribution(
            Path home,
            Path data,
            Map<String, Map<String, Object>> settings,
            InputSource inputs,
            long seed)
            throws IOException {
        PluginHost host = new PluginHost(true, settings);
        try (Stream<Path> jars = Files.list(home.resolve("plugins"))) {
            host.scan(jars.sorted().toList());
        }
        LoadedPlugins plugins = host.load();
        new JarShelf(data).keep(plugins.plugins());
        return new TapedRun(data, plugins, settings, inputs, seed);
    }

    void ticks(int count, int snapshotTicks) {
        for (int i = 1; i <= count; i++) {
            if (!loop.step()) {
                throw new IllegalStateException("tick " + i + " had to wait");
            }
            if (i % snapshotTicks == 0) {
                tape.snapshot(
                        i,
                        world.hash(),
                        world.entities(),
                        WorldSnapshot.write(world),
                        loop.state());
            }
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(loop, schedule, world, tape);
    }
}
