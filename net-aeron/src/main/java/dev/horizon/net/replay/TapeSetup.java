package dev.horizon.net.replay;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.ComponentRegistry;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Region;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a replay needs to make the world of a tape: all that the tick's outcome depends on beside
 * its inputs. No keys and no addresses.
 *
 * @param idBlock upper bits of the ids that the world hands out
 * @param tick rates and bounds
 * @param regions owned
 * @param plugins in order of dependency
 * @param configuration of the plugins, by plugin
 * @param components names, in the order that hashes of components count them
 * @param installed hashes of the jars that the node found in its folder when it started, in order;
 *     it may run others since
 * @param origin where the world comes from; null for one that began with the tape
 */
public record TapeSetup(
        int idBlock,
        TickConfig tick,
        List<Region> regions,
        List<PluginJar> plugins,
        Map<String, Map<String, Object>> configuration,
        List<String> components,
        List<String> installed,
        @Nullable Origin origin) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Copies the lists. */
    public TapeSetup {
        regions = List.copyOf(regions);
        plugins = List.copyOf(plugins);
        components = List.copyOf(components);
        installed = copyOrEmpty(installed);
    }

    /** Tapes of earlier builds don't say it. */
    private static List<String> copyOrEmpty(@Nullable List<String> said) {
        return said == null ? List.of() : List.copyOf(said);
    }

    /**
     * What a tape goes on from: it begins at a snapshot of that tick.
     *
     * @param tape the other's number
     * @param tick the last that it has
     */
    public record Origin(long tape, long tick) {}

    /**
     * A plugin that ran.
     *
     * @param name its own
     * @param version its own
     * @param sha256 of its jar, in hex; empty for an object that a program put in
     */
    public record PluginJar(String name, String version, String sha256) {}

    /** Of a node that is about to tick. */
    public static TapeSetup of(
            WorldState world,
            TickConfig tick,
            List<Region> regions,
            LoadedPlugins plugins,
            Map<String, Map<String, Object>> configuration,
            List<String> installed,
            @Nullable Origin origin) {
        return new TapeSetup(
                world.idBlock(),
                tick,
                regions,
                jars(plugins),
                configuration,
                world.registry().types().stream().map(ComponentType::name).toList(),
                installed,
                origin);
    }

    /**
     * What makes ticks come to something else with another setup than with this one, in words.
     * Regions are not among it: a new world's first tick hears of them, and they may move since.
     */
    public List<String> differences(TapeSetup recorded) {
        // Numbers that were JSON once are of other classes.
        TapeSetup now = decode(encode());
        List<String> differing = new ArrayList<>();
        if (!now.plugins.equals(recorded.plugins)) {
            differing.add("plugins " + now.plugins + " instead of " + recorded.plugins);
        }
        if (!now.configuration.equals(recorded.configuration)) {
            differing.add(
                    "plugin settings "
                            + now.configuration
                            + " instead of "
                            + recorded.configuration);
        }
        if (!now.tick.equals(recorded.tick)) {
            differing.add("settings of the tick, " + now.tick + " instead of " + recorded.tick);
        }
        if (!now.components.equals(recorded.components)) {
            differing.add("components");
        }
        return differing;
    }

    /** True when another setup is of a node with the same regions. */
    public boolean isOfRegions(TapeSetup other) {
        return boxes(regions).equals(boxes(other.regions));
    }

    /** Regions whoever owns them: each life of a node has them at a later epoch. */
    private static List<Region> boxes(List<Region> regions) {
        return regions.stream().map(region -> region.at(0)).toList();
    }

    /** The same of a tape that begins with a world of its own. */
    TapeSetup withoutOrigin() {
        return new TapeSetup(
                idBlock, tick, regions, plugins, configuration, components, installed, null);
    }

    /** The same with other settings of the plugins. */
    public TapeSetup with(Map<String, Map<String, Object>> settings) {
        return new TapeSetup(
                idBlock, tick, regions, plugins, settings, components, installed, origin);
    }

    /** The same node from the tick on at which it runs other plugins. */
    public TapeSetup with(LoadedPlugins others) {
        List<ComponentType<?>> all = new ArrayList<>(TickLoopBuilder.COMPONENTS);
        all.addAll(others.components());
        return new TapeSetup(
                idBlock,
                tick,
                regions,
                jars(others),
                configuration,
                ComponentRegistry.names(all),
                installed,
                origin);
    }

    /** Hashes of the jars that it names. */
    public Set<String> hashes() {
        return plugins.stream()
                .map(PluginJar::sha256)
                .filter(hash -> !hash.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** How a tape names plugins. */
    public static List<PluginJar> jars(LoadedPlugins plugins) {
        return plugins.plugins().stream()
                .map(plugin ->
                        new PluginJar(
                                plugin.descriptor().name(),
                                plugin.descriptor().version().toString(),
                                plugin.sha256()))
                .toList();
    }

    /** As JSON. */
    public byte[] encode() {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * From JSON.
     *
     * @throws HorizonException HZ-TAPE-006 when it can't be understood
     */
    public static TapeSetup decode(byte[] json) {
        try {
            return JSON.readValue(json, TapeSetup.class);
        } catch (JacksonException e) {
            throw new HorizonException(
                    "HZ-TAPE-006",
                    "what the tape says of its node can't be understood ("
                            + e.getOriginalMessage()
                            + "): replay it with the version of Horizon that made it",
                    e);
        }
    }
}
