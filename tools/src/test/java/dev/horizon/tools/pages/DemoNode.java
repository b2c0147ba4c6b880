package dev.horizon.tools.pages;

import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.node.NodeProcess;
import dev.horizon.tools.node.StandbyProcess;
import dev.horizon.tools.node.StartOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A small demo star system in this process, on a free port. */
public final class DemoNode {
    private DemoNode() {}

    public static NodeProcess start(Path dataDir) {
        return start(dataDir, 0);
    }

    /** The same with a battle of so many ships. */
    public static NodeProcess start(Path dataDir, int battleShips) {
        return start(dataDir, Map.of("plugins.sol.battle-ships", Integer.toString(battleShips)));
    }

    /** The same with further settings. */
    public static NodeProcess start(Path dataDir, Map<String, String> further) {
        return start(dataDir, further, StartOptions.standard());
    }

    /** The same with a new world where the folder holds one. */
    public static NodeProcess startAnew(Path dataDir, Map<String, String> further) {
        return start(dataDir, further, new StartOptions(false, true));
    }

    /** The same with one more plugin, called {@code planted}. */
    public static NodeProcess startWith(
            Plugin planted, Path dataDir, Map<String, String> further, boolean isNewWorld) {
        return start(dataDir, further, new StartOptions(false, isNewWorld), planted);
    }

    /** A standby of such a node. */
    public static StandbyProcess standby(Path dataDir, Map<String, String> further) {
        HorizonConfig config = config(dataDir, further);
        PluginHost host = NodeProcess.host(config);
        addAll(host);
        return StandbyProcess.start(config, host);
    }

    private static NodeProcess start(
            Path dataDir, Map<String, String> further, StartOptions options, Plugin... planted) {
        HorizonConfig config = config(dataDir, further);
        PluginHost host = NodeProcess.host(config);
        addAll(host);
        for (Plugin one : planted) {
            host.add(one, PluginDescriptor.of("planted", one.getClass()));
        }
        return NodeProcess.start(config, host, options);
    }

    private static HorizonConfig config(Path dataDir, Map<String, String> further) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("node.port", "0");
        values.put("node.data-dir", dataDir.toString());
        values.put("plugins.sol.ships", "200");
        values.put("plugins.sol.objects", "800");
        values.putAll(further);
        List<Setting> settings = new ArrayList<>();
        values.forEach((key, value) -> settings.add(set(key, value)));
        Path file = dataDir.resolve("horizon.toml");
        return ConfigLoader.load(settings, Map.of(), Files.exists(file) ? file : null).config();
    }

    /** Every plugin on the class path, by its own descriptor: what the distribution has. */
    public static void addAll(PluginHost host) {
        try {
            ClassLoader loader = DemoNode.class.getClassLoader();
            for (URL url : loader.resources(PluginDescriptor.PATH).toList()) {
                Properties properties = new Properties();
                try (InputStream in = url.openStream()) {
                    properties.load(in);
                }
                PluginDescriptor descriptor = PluginDescriptor.read(properties, url.toString());
                Class<? extends Plugin> main =
                        Class.forName(descriptor.main()).asSubclass(Plugin.class);
                host.add(main.getConstructor().newInstance(), descriptor);
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("a plugin of the demo can't be made", e);
        }
    }

    public static URI address(NodeProcess node) {
        return URI.create(node.address());
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }
}
