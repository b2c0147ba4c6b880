package dev.horizon.testkit;

import dev.horizon.engine.host.Dependency;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.world.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a test world consists of. */
public final class TestWorldBuilder {
    /** A plugin and what a jar would tell of it. */
    record Given(Plugin plugin, PluginDescriptor descriptor) {
        /** Another object of the same class, where it has one that can be made. */
        Plugin anew() {
            return TestPlugins.anew(plugin);
        }
    }

    final List<Given> plugins = new ArrayList<>();
    final Map<String, Map<String, Object>> config = new LinkedHashMap<>();
    final List<Region> regions = new ArrayList<>();
    long seed = 1;
    int threads = 1;
    int tickHz = 20;
    int idBlock = 1;
    boolean toleratesFaults;

    TestWorldBuilder() {}

    /** Adds a plugin by its class; one with a descriptor is checked as its jar would be. */
    public TestWorldBuilder plugin(Class<? extends Plugin> type) {
        TestPlugins.check(type);
        return plugin(TestPlugins.make(type));
    }

    /** Adds a plugin object, named by its descriptor or its class. */
    public TestWorldBuilder plugin(Plugin plugin) {
        PluginDescriptor descriptor = TestPlugins.describe(plugin.getClass());
        String name = descriptor.name();
        long same = plugins.stream().filter(g -> g.descriptor().name().startsWith(name)).count();
        return same == 0 || !name.equals("test-plugin")
                ? add(plugin, descriptor)
                : plugin(name + "-" + (same + 1), plugin);
    }

    /** Adds a plugin object under a name. */
    public TestWorldBuilder plugin(String name, Plugin plugin) {
        return plugin(name, plugin, List.of());
    }

    /**
     * Adds a plugin object under a name, set up behind others.
     *
     * @param dependencies as in a descriptor, such as {@code lighthouse >=0.1}
     */
    public TestWorldBuilder plugin(String name, Plugin plugin, List<String> dependencies) {
        PluginDescriptor alone = PluginDescriptor.of(name, plugin.getClass());
        return add(
                plugin,
                new PluginDescriptor(
                        alone.name(),
                        alone.version(),
                        alone.apiVersion(),
                        alone.main(),
                        dependencies.stream().map(Dependency::parse).toList()));
    }

    /** Sets a value of {@code [plugins.NAME]}. */
    public TestWorldBuilder config(String plugin, String key, Object value) {
        config.computeIfAbsent(plugin, name -> new LinkedHashMap<>()).put(key, value);
        return this;
    }

    /** Starts a region at the first tick. */
    public TestWorldBuilder region(Region region) {
        regions.add(region);
        return this;
    }

    /** The star system's seed; 1 unless set. */
    public TestWorldBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** Threads that run systems; 1 unless set. With more, everything is run in parallel. */
    public TestWorldBuilder threads(int count) {
        threads = count;
        return this;
    }

    /** Ticks per simulated second; 20 unless set. */
    public TestWorldBuilder tickHz(int hz) {
        tickHz = hz;
        return this;
    }

    /** Upper 24 bits of entity ids; 1 unless set. */
    public TestWorldBuilder idBlock(int block) {
        idBlock = block;
        return this;
    }

    /** Lets ticks go on when a handler or system throws, as a node does. */
    public TestWorldBuilder toleratingFaults() {
        toleratesFaults = true;
        return this;
    }

    /** Makes the world; it stands before tick 1. */
    public TestWorld build() {
        return new TestWorld(this);
    }

    void replace(String name, Plugin next) {
        for (int i = 0; i < plugins.size(); i++) {
            PluginDescriptor known = plugins.get(i).descriptor();
            if (known.name().equals(name)) {
                plugins.set(i, new Given(next, known));
                return;
            }
        }
        throw new IllegalArgumentException("no plugin " + name + " is in this world");
    }

    private TestWorldBuilder add(Plugin plugin, PluginDescriptor descriptor) {
        plugins.add(new Given(plugin, descriptor));
        return this;
    }
}
