package dev.horizon.testkit;

import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.host.DeterminismCheck;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.plugin.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a jar would tell of a plugin that a test has on its class path. */
final class TestPlugins {
    private TestPlugins() {}

    static Plugin make(Class<? extends Plugin> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " needs to be public with a public constructor without parameters",
                    e);
        }
    }

    /** Another object of a plugin's class; a lambda, which keeps nothing, stays itself. */
    static Plugin anew(Plugin plugin) {
        Class<? extends Plugin> type = plugin.getClass();
        try {
            return type.isSynthetic()
                            || type.isHidden()
                            || !java.lang.reflect.Modifier.isPublic(type.getModifiers())
                    ? plugin
                    : type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            return plugin;
        }
    }

    /** The plugin's own descriptor; where it has none, one named after its class. */
    static PluginDescriptor describe(Class<?> type) {
        PluginDescriptor own = descriptor(type);
        if (own != null) {
            return own;
        }
        String simple = type.isSynthetic() || type.isAnonymousClass() ? "" : type.getSimpleName();
        String name = ConfigBinder.kebab(simple).replaceFirst("^-", "");
        return PluginDescriptor.of(
                name.matches("[a-z][a-z0-9-]{0,31}") ? name : "test-plugin", type);
    }

    /** Holds a plugin that has a descriptor to the rules that its jar will be held to. */
    static void check(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (descriptor(type) == null || source == null) {
            return;
        }
        try {
            Path folder = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(folder)) {
                DeterminismCheck.check(type.getName(), classes(folder));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> classes(Path folder) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> classes =
                    files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
            for (Path file : classes) {
                entries.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return entries;
    }

    private static @Nullable PluginDescriptor descriptor(Class<?> type) {
        try {
            List<URL> found = type.getClassLoader().resources(PluginDescriptor.PATH).toList();
            for (URL url : found) {
                Properties properties = new Properties();
                try (InputStream in = url.openStream()) {
                    properties.load(in);
                }
                if (type.getName().equals(properties.getProperty("main"))) {
                    return PluginDescriptor.read(properties, url.toString());
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
