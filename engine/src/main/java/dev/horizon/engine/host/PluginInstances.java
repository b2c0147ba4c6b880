package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The class loaders and plugin objects of one set-up. */
final class PluginInstances {
    private final Map<String, PluginCandidate> candidates = new LinkedHashMap<>();
    private final Map<String, PluginClassLoader> loaders = new LinkedHashMap<>();
    private final Map<String, Plugin> plugins = new LinkedHashMap<>();

    /**
     * Makes class loaders; takes over those of an earlier set-up where neither the plugin nor any
     * that it depends on is another.
     */
    PluginInstances(List<PluginCandidate> ordered, @Nullable PluginInstances before) {
        Set<String> kept = new HashSet<>();
        for (PluginCandidate candidate : ordered) {
            String name = candidate.descriptor().name();
            candidates.put(name, candidate);
            boolean isSame =
                    before != null
                            && before.candidates.get(name) == candidate
                            && candidate.descriptor().dependencies().stream()
                                    .allMatch(dependency -> kept.contains(dependency.name()));
            if (isSame && before != null) {
                kept.add(name);
                keep(name, before);
            } else if (candidate.jar() != null) {
                loaders.put(name, loader(candidate, candidate.jar()));
            }
        }
    }

    private void keep(String name, PluginInstances before) {
        PluginClassLoader loader = before.loaders.get(name);
        Plugin plugin = before.plugins.get(name);
        if (loader != null) {
            loaders.put(name, loader);
        }
        if (plugin != null) {
            plugins.put(name, plugin);
        }
    }

    private PluginClassLoader loader(PluginCandidate candidate, PluginJar jar) {
        List<PluginClassLoader> dependencies = new ArrayList<>();
        for (Dependency dependency : candidate.descriptor().dependencies()) {
            PluginClassLoader loader = loaders.get(dependency.name());
            if (loader != null) {
                dependencies.add(loader);
            }
        }
        return new PluginClassLoader(jar, dependencies, PluginInstances.class.getClassLoader());
    }

    /** The plugin object, made at the first call. */
    Plugin of(PluginCandidate candidate) {
        return plugins.computeIfAbsent(candidate.descriptor().name(), name -> make(candidate));
    }

    private Plugin make(PluginCandidate candidate) {
        if (candidate.instance() != null) {
            return candidate.instance();
        }
        String main = candidate.descriptor().main();
        PluginClassLoader loader = loaders.get(candidate.descriptor().name());
        if (loader == null) {
            throw new IllegalStateException("no class loader for " + candidate.origin());
        }
        try {
            Object made = loader.loadClass(main).getConstructor().newInstance();
            if (made instanceof Plugin plugin) {
                return plugin;
            }
            throw unusable(candidate, "it doesn't implement Plugin", null);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw unusable(candidate, String.valueOf(e), e);
        }
    }

    private static HorizonException unusable(
            PluginCandidate candidate, String why, @Nullable Throwable cause) {
        String message =
                candidate.origin()
                        + ": its main class "
                        + candidate.descriptor().main()
                        + " can't be used ("
                        + why
                        + "); name a public class with a public constructor without parameters";
        return cause == null
                ? new HorizonException("HZ-PLG-008", message)
                : new HorizonException("HZ-PLG-008", message, cause);
    }
}
