package dev.horizon.tools.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of a node's start on a core that has nothing else to do yet, while the main
 * thread still reads its command line. The launcher notes which they are when it makes its archive
 * of classes. They are loaded, not initialised: nothing of them runs earlier than it would.
 */
final class Preload {
    private static final String HOME_PROPERTY = "horizon.home";
    private static final String FILE = "node.classes";

    private Preload() {}

    /** Begins, where there is a list; a start without one only takes longer. */
    static void start() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home != null) {
            Path list = Path.of(home, FILE);
            Thread.ofPlatform().daemon().name("preload").start(() -> load(list));
        }
    }

    /**
     * Loads what a list names, a class a line.
     *
     * @return how many there were
     */
    static int load(Path list) {
        if (!Files.isReadable(list)) {
            return 0;
        }
        int loaded = 0;
        try (BufferedReader lines = Files.newBufferedReader(list, StandardCharsets.UTF_8)) {
            String name = lines.readLine();
            while (name != null) {
                loaded += load(name) == null ? 0 : 1;
                name = lines.readLine();
            }
        } catch (IOException e) {
            // Half a list has done half of its good; who needs the rest loads it.
            return loaded;
        }
        return loaded;
    }

    private static @Nullable Class<?> load(String name) {
        try {
            return Class.forName(name, false, Preload.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // The list is of another build: whoever needs the class will say so.
            return null;
        }
    }
}
