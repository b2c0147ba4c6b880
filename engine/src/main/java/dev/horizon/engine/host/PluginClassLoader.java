package dev.horizon.engine.host;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one plugin: the engine's and ecs-systems' API and the JDK from the parent, its own
 * from its jar, others from the plugins that it depends on. The engine's other packages are out of
 * its sight. Holds no file open, so dropping all references unloads the plugin.
 */
final class PluginClassLoader extends ClassLoader {
    /** Of a loader's name, which stack traces show. */
    static final String NAME_PREFIX = "plugin ";

    private static final List<String> SHARED =
            List.of(
                    "dev.horizon.engine.world.",
                    "dev.horizon.engine.systems.",
                    "dev.horizon.engine.events.",
                    "dev.horizon.engine.plugin.",
                    "dev.horizon.ecs.",
                    "org.agrona.",
                    "org.jspecify.");

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> entries;
    private final List<PluginClassLoader> dependencies;
    private final ProtectionDomain domain;

    PluginClassLoader(PluginJar jar, List<PluginClassLoader> dependencies, ClassLoader parent) {
        super(NAME_PREFIX + jar.descriptor().name(), parent);
        this.entries = jar.entries();
        this.dependencies = List.copyOf(dependencies);
        this.domain =
                new ProtectionDomain(
                        new CodeSource(url(jar), (Certificate[]) null), null, this, null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known == null) {
                known = find(name);
            }
            if (resolve) {
                resolveClass(known);
            }
            return known;
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] content = entries.get(name);
        return content == null ? null : new ByteArrayInputStream(content);
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        for (String prefix : SHARED) {
            if (name.startsWith(prefix)) {
                return getParent().loadClass(name);
            }
        }
        Class<?> found = own(name);
        if (found != null) {
            return found;
        }
        for (PluginClassLoader dependency : dependencies) {
            Class<?> theirs = dependency.own(name);
            if (theirs != null) {
                return theirs;
            }
        }
        return getPlatformClassLoader().loadClass(name);
    }

    private @Nullable Class<?> own(String name) {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            byte[] content = entries.get(name.replace('.', '/') + ".class");
            if (known != null || content == null) {
                return known;
            }
            return defineClass(name, content, 0, content.length, domain);
        }
    }

    private static java.net.@Nullable URL url(PluginJar jar) {
        try {
            return jar.origin().toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            return null;
        }
    }
}
