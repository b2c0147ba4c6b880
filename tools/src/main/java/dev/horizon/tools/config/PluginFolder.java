package dev.horizon.tools.config;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a node's plugins are. */
public final class PluginFolder {
    /** Set by the launcher: the folder of the distribution. */
    private static final String HOME = "horizon.home";

    private PluginFolder() {}

    /** The configured folder, or that of the distribution. */
    public static Path of(NodeSettings node) {
        return node.pluginDir().isEmpty()
                ? Path.of(System.getProperty(HOME, "."), "plugins")
                : Path.of(node.pluginDir());
    }

    /**
     * Refuses a folder that was configured and isn't there: a node without its plugins is no start.
     *
     * @throws HorizonException HZ-CFG-007
     */
    public static void require(NodeSettings node) {
        if (!node.pluginDir().isEmpty() && !Files.isDirectory(of(node))) {
            throw new HorizonException(
                    "HZ-CFG-007",
                    "the plugin folder "
                            + node.pluginDir()
                            + " is no folder; set node.plugin-dir to one, or leave it empty for the"
                            + " plugins that come with Horizon");
        }
    }

    /** Its jars, by name; none when it isn't there. */
    public static List<Path> jars(NodeSettings node) {
        Path folder = of(node);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-CFG-007",
                    "cannot list the plugin folder "
                            + folder
                            + "; check that it is readable, or set node.plugin-dir",
                    e);
        }
    }
}
