package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the class loaders and plugin objects of one set-up. */
final class PluginInstances {
    private final Map<String, PluginClassLoader> loaders = new LinkedHashMap<>();

    PluginInstances(List<PluginCandidate> ordered) {
        for (PluginCandidate candidate : ordered) {
            PluginJar jar = candidate.jar();
            if (jar != null) {
                List<PluginClassLoader> dependencies = new ArrayList<>();
                for (Dependency dependency : candidate.descriptor().dependencies()) {
                    PluginClassLoader loader = loaders.get(dependency.name());
                    if (loader != null) {
                        dependencies.add(loader);
                    }
                }
                loaders.put(
                        candidate.descriptor().name(),
                        new PluginClassLoader(
                                jar, dependencies, PluginInstances.class.getClassLoader()));
            }
        }
    }

    Plugin of(PluginCandidate candidate) {
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
            PluginCandidate candidate,
            String why,
            @org.jspecify.annotations.Nullable Throwable cause) {
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
