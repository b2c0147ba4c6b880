package dev.horizon.tools.plugin;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.NullMarked;

/**
 * What plugins are compiled against: this process's own engine, so that they fit what will run
 * them.
 *
 * @param classPath the API, the mechanisms, and plugins that others may build upon
 * @param processor makes columns of component records
 */
public record Sdk(List<Path> classPath, List<Path> processor) {
    private static final String HOME = "horizon.home";
    private static final String MECHANISMS = "dev.horizon.ecs.StandardMechanisms";

    /** Copies the lists. */
    public Sdk {
        classPath = List.copyOf(classPath);
        processor = List.copyOf(processor);
    }

    /**
     * Of the distribution that this process was started from.
     *
     * @throws HorizonException HZ-DEV-001 when it was started otherwise
     */
    public static Sdk ofDistribution() {
        Path home = home();
        List<Path> classPath = new ArrayList<>(ofProcess());
        classPath.addAll(jars(home.resolve("plugins")));
        return new Sdk(classPath, jars(home.resolve("sdk")));
    }

    /** The folder of the distribution. */
    static Path home() {
        String home = System.getProperty(HOME);
        if (home == null || !Files.isDirectory(Path.of(home, "sdk"))) {
            throw new HorizonException(
                    "HZ-DEV-001",
                    "the distribution with what plugins are built against isn't at "
                            + home
                            + "; run the launcher ./horizon, which builds it");
        }
        return Path.of(home).toAbsolutePath();
    }

    /** The API as this process has it. */
    public static List<Path> ofProcess() {
        try {
            return List.of(
                    source(Plugin.class),
                    source(Class.forName(MECHANISMS)),
                    source(DirectBuffer.class),
                    source(NullMarked.class));
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("the class path lacks the API", e);
        }
    }

    private static Path source(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /**
     * The jars of a folder whose names begin so, in that order.
     *
     * @throws HorizonException HZ-DEV-001 when one isn't there
     */
    static List<Path> named(Path folder, List<String> names) {
        List<Path> all = jars(folder);
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            found.add(
                    all.stream()
                            .filter(jar ->
                                    jar.getFileName().toString().matches(name + "-[0-9].*\\.jar"))
                            .findFirst()
                            .orElseThrow(() ->
                                    new HorizonException(
                                            "HZ-DEV-001",
                                            folder + " lacks " + name + "; build Horizon again")));
        }
        return found;
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-DEV-001", "folder " + folder + " can't be read; check its rights", e);
        }
    }
}
