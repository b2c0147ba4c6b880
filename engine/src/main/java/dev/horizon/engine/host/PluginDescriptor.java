package dev.horizon.engine.host;

import dev.horizon.engine.plugin.HorizonException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What {@code META-INF/horizon-plugin.properties} says: keys {@code name}, {@code version}, {@code
 * api-version}, {@code main} and, where needed, {@code dependencies} separated by commas.
 *
 * @param name lower-case letters, digits and dashes
 * @param version of the plugin
 * @param apiVersion of the engine API that it was made for
 * @param main the class that implements {@link dev.horizon.engine.plugin.Plugin}
 * @param dependencies that are set up before it
 */
public record PluginDescriptor(
        String name,
        Version version,
        Version apiVersion,
        String main,
        List<Dependency> dependencies) {
    /** Where the descriptor stands in a jar. */
    public static final String PATH = "META-INF/horizon-plugin.properties";

    /** The version of the plugin API of this engine. */
    public static final Version API_VERSION = new Version(0, 1, 0);

    private static final int DEPENDENCIES_MAX = 32;

    /** Copies the list. */
    public PluginDescriptor {
        dependencies = List.copyOf(dependencies);
    }

    /** A descriptor for a plugin object, as tests make them. */
    public static PluginDescriptor of(String name, Class<?> main) {
        return new PluginDescriptor(
                requireName(name), new Version(0, 0, 0), API_VERSION, main.getName(), List.of());
    }

    /**
     * That of a jar.
     *
     * @throws HorizonException HZ-PLG-001, 002 or 011 when the file is no plugin's jar
     */
    public static PluginDescriptor in(Path jar) {
        return PluginJar.read(jar).descriptor();
    }

    /**
     * Reads a descriptor.
     *
     * @param origin of the jar, for messages
     * @throws HorizonException HZ-PLG-002 when a key is missing or has no fitting value
     */
    public static PluginDescriptor read(Properties properties, String origin) {
        try {
            List<Dependency> dependencies = new ArrayList<>();
            for (String text : properties.getProperty("dependencies", "").split(",")) {
                if (!text.isBlank()) {
                    dependencies.add(Dependency.parse(text));
                }
            }
            if (dependencies.size() > DEPENDENCIES_MAX) {
                throw new IllegalArgumentException(
                        "there are more than " + DEPENDENCIES_MAX + " dependencies");
            }
            return new PluginDescriptor(
                    requireName(required(properties, "name")),
                    Version.parse(required(properties, "version")),
                    Version.parse(required(properties, "api-version")),
                    required(properties, "main"),
                    dependencies);
        } catch (IllegalArgumentException e) {
            throw new HorizonException(
                    "HZ-PLG-002", origin + ": " + PATH + " doesn't fit: " + e.getMessage(), e);
        }
    }

    static String requireName(String name) {
        if (!name.matches("[a-z][a-z0-9-]{0,31}") || name.equals("engine")) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is no plugin name; use up to 32 lower-case letters, digits and"
                            + " dashes, and not 'engine'");
        }
        return name;
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the key '" + key + "' is missing; add it");
        }
        return value.strip();
    }
}
