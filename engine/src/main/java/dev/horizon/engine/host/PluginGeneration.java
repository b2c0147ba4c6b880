package dev.horizon.engine.host;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.plugin.HorizonException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All plugins of a node, set up together: what a reload replaces as a whole. */
final class PluginGeneration {
    private final List<PluginCandidate> candidates;
    private final PluginInstances instances;
    private final LoadedPlugins plugins;

    /**
     * Sets up plugins in their order.
     *
     * @param before whose classes are kept where nothing changed, or null
     * @throws HorizonException what the first that fails came to; {@link FailedSetup} says which
     */
    PluginGeneration(
            List<PluginCandidate> ordered,
            @Nullable PluginGeneration before,
            Map<String, Map<String, Object>> configTrees,
            List<RejectedPlugin> rejected) {
        candidates = List.copyOf(ordered);
        instances = new PluginInstances(ordered, before == null ? null : before.instances);
        PluginSetup setup = new PluginSetup(configTrees);
        for (PluginCandidate candidate : candidates) {
            setUp(candidate, setup);
        }
        plugins =
                new LoadedPlugins(
                        candidates.stream().map(c -> loaded(c, setup)).toList(),
                        List.copyOf(rejected),
                        List.copyOf(setup.components),
                        List.copyOf(setup.systems),
                        Collections.unmodifiableMap(setup.derived),
                        List.copyOf(setup.sights),
                        List.copyOf(setup.tethers),
                        bus(setup, before));
    }

    private static LoadedPlugin loaded(PluginCandidate of, PluginSetup setup) {
        return new LoadedPlugin(
                of.descriptor(), of.origin(), of.sha256(), setup.budget(of.descriptor().name()));
    }

    private void setUp(PluginCandidate candidate, PluginSetup setup) {
        String name = candidate.descriptor().name();
        try (PluginSetup.ForPlugin registrar = setup.next(name)) {
            SetupThread.run(name, instances.of(candidate), registrar);
        } catch (HorizonException e) {
            throw new FailedSetup(candidate, e);
        } catch (Throwable e) {
            throw new FailedSetup(
                    candidate,
                    new HorizonException(
                            "HZ-PLG-009",
                            "plugin "
                                    + name
                                    + " failed in setup: "
                                    + e
                                    + at(e)
                                    + "; repair it or take it out",
                            e));
        }
    }

    /** The line of the plugin's own code, for the engine's and the JDK's tell an author nothing. */
    private static String at(Throwable fault) {
        for (StackTraceElement element : fault.getStackTrace()) {
            String loader = element.getClassLoaderName();
            if (loader != null && loader.startsWith(PluginClassLoader.NAME_PREFIX)) {
                return " at " + element;
            }
        }
        return "";
    }

    /** The catalogue of events counts on where a client has to learn something new. */
    private static EventBus bus(PluginSetup setup, @Nullable PluginGeneration before) {
        if (before == null) {
            return setup.events.build(1);
        }
        int version = before.plugins.events().catalogue().version();
        EventBus bus = setup.events.build(version);
        boolean isSame =
                bus.catalogue().shapes().equals(before.plugins.events().catalogue().shapes());
        return isSame ? bus : setup.events.build(version + 1);
    }

    /** In their order. */
    List<PluginCandidate> candidates() {
        return candidates;
    }

    LoadedPlugins plugins() {
        return plugins;
    }

    /** Which plugin's setup failed, and why. */
    static final class FailedSetup extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final transient PluginCandidate candidate;
        final HorizonException reason;

        FailedSetup(PluginCandidate candidate, HorizonException reason) {
            super(reason);
            this.candidate = candidate;
            this.reason = reason;
        }
    }
}
