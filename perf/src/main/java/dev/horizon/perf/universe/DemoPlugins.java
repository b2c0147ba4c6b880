package dev.horizon.perf.universe;

import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.Properties;

/** All plugins on the class path, by their own descriptors: what {@code horizon up} loads. */
public final class DemoPlugins {
    private DemoPlugins() {}

    /**
     * A host to which they were added.
     *
     * @param settings of plugins, by name
     */
    public static PluginHost host(Map<String, Map<String, Object>> settings) {
        PluginHost host = new PluginHost(true, settings);
        try {
            for (URL url :
                    DemoPlugins.class.getClassLoader().resources(PluginDescriptor.PATH).toList()) {
                Properties properties = new Properties();
                try (InputStream in = url.openStream()) {
                    properties.load(in);
                }
                PluginDescriptor descriptor = PluginDescriptor.read(properties, url.toString());
                Class<? extends Plugin> main =
                        Class.forName(descriptor.main()).asSubclass(Plugin.class);
                host.add(main.getConstructor().newInstance(), descriptor);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a plugin can't be made", e);
        }
        return host;
    }
}
