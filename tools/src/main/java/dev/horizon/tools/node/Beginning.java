package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.ports.ProfileSink;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldSnapshot;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.Snapshots;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.net.archive.SnapshotRecorder;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TapeReader;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The world with which a node begins to tick: a new one, or the one that its folder holds.
 *
 * @param world the caller's to close
 * @param schedule the caller's to close
 * @param firstTick of this life
 * @param header of its tape
 * @param setup of its tape
 * @param comeback what it goes on from; null for a new world
 */
record Beginning(
        WorldState world,
        Schedule schedule,
        long firstTick,
        TapeHeader header,
        TapeSetup setup,
        Comeback.@Nullable Found comeback) {
    /**
     * Makes the world, or brings it back.
     *
     * @param host that set the plugins up
     * @param installed hashes of the jars in the node's folder
     * @param owned the node's regions, and the block of a new world's ids
     * @param away since when nobody ticked it
     */
    static Beginning of(
            HorizonConfig config,
            EmbeddedDriver driver,
            PluginHost host,
            LoadedPlugins plugins,
            List<String> installed,
            Grant owned,
            ProfileSink profiles,
            TimeAway away,
            boolean isNewWorld) {
        NodeSettings node = config.node();
        List<Region> regions = owned.regions();
        WorldState fresh = WorldState.create(owned.block(), components(plugins));
        try {
            TapeSetup setup = setup(fresh, config, regions, plugins, installed, null);
            Comeback.Found found = null;
            if (!isNewWorld) {
                found =
                        new Comeback(
                                        node.dataDir(),
                                        header(node, 0),
                                        setup,
                                        host,
                                        plugins,
                                        node.threads(),
                                        profiles)
                                .find();
            }
            if (found != null) {
                fresh.close();
                return goingOn(config, plugins, installed, regions, found, away);
            }
            long firstTick = new TapeReader(driver).nextTick();
            return new Beginning(
                    fresh,
                    Schedule.of(fresh, plugins.systems(), plugins.derived(), node.threads()),
                    firstTick,
                    header(node, firstTick),
                    setup,
                    null);
        } catch (RuntimeException e) {
            fresh.close();
            throw e;
        }
    }

    /** Goes on with a world that is there. */
    static Beginning goingOn(
            HorizonConfig config,
            LoadedPlugins plugins,
            List<String> installed,
            List<Region> regions,
            Comeback.Found found,
            TimeAway away) {
        NodeSettings node = config.node();
        long firstTick = found.origin().tick() + 1 + away.ticks(node.tickHz());
        return new Beginning(
                found.world(),
                found.schedule(),
                firstTick,
                header(node, firstTick),
                setup(found.world(), config, regions, plugins, installed, found.origin()),
                found);
    }

    /** The tape that its world goes on from; null where it goes on from none. */
    TapeSetup.@Nullable Origin origin() {
        Comeback.Found found = comeback;
        return found == null ? null : found.origin();
    }

    /** What a tape of this process would say of a world that it began. */
    static TapeSetup setup(HorizonConfig config, LoadedPlugins plugins, List<Region> regions) {
        try (WorldState fresh = WorldState.create(1, components(plugins))) {
            return setup(fresh, config, regions, plugins, List.of(), null);
        }
    }

    /** A loop around the world. */
    TickLoopBuilder loop(LoadedPlugins plugins, List<Region> regions, InputSource inputs) {
        TickLoopBuilder builder =
                TickLoop.of(world, schedule, plugins.events())
                        .config(setup.tick())
                        .sights(plugins.sights())
                        .tethers(plugins.tethers())
                        .plugins(plugins.plugins())
                        .starSystem(header.starSystem(), header.seed())
                        .firstTick(firstTick)
                        .startedRegions(regions);
        Comeback.Found from = comeback;
        if (from == null) {
            return builder.inputs(inputs);
        }
        long last = from.origin().tick();
        return builder.goingOnFrom(from.state())
                .inputs(new AwayInputs(world, last, firstTick - last - 1, inputs));
    }

    /** Publishes the world. */
    ChannelEncoder encoder(ChannelConfig channels, LoadedPlugins plugins) {
        Comeback.Found from = comeback;
        if (from != null && from.encoder() != null) {
            return from.encoder();
        }
        channels.requireComponents(components(plugins));
        return new ChannelEncoder(world, channels, header.tickHz(), schedule.crew());
    }

    /** Writes the snapshot with which the tape of a world that goes on begins. */
    void record(SnapshotRecorder recorder, Path dataDirectory) {
        Comeback.Found from = comeback;
        if (from != null) {
            recorder.write(
                    new Snapshots.Taken(
                            from.origin().tick(),
                            0,
                            world.hash(),
                            world.entities(),
                            WorldSnapshot.liveBytes(world),
                            from.state(),
                            new byte[0],
                            sink -> WorldSnapshot.write(world, sink)));
        }
        HungPlugin.forget(dataDirectory);
    }

    static List<ComponentType<?>> components(LoadedPlugins plugins) {
        List<ComponentType<?>> components = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        components.addAll(plugins.components());
        return components;
    }

    private static TapeSetup setup(
            WorldState world,
            HorizonConfig config,
            List<Region> regions,
            LoadedPlugins plugins,
            List<String> installed,
            TapeSetup.@Nullable Origin origin) {
        return TapeSetup.of(
                world,
                config.tickConfig(),
                regions,
                plugins,
                config.pluginTrees(),
                installed,
                origin);
    }

    static TapeHeader header(NodeSettings node, long firstTick) {
        return new TapeHeader(
                node.seed(), firstTick, node.tickHz(), node.starSystem(), Build.name());
    }
}
