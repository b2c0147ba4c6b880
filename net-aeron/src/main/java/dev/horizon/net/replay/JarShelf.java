package dev.horizon.net.replay;

import dev.horizon.engine.host.LoadedPlugin;
import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Keeps the plugin jars that tapes were made with, each once, under its hash. */
public final class JarShelf {
    private static final String FOLDER = "tape-plugins";

    private final Path folder;

    /** Of a data folder. */
    public JarShelf(Path dataDirectory) {
        folder = dataDirectory.resolve(FOLDER);
    }

    /** Keeps those that came from jars and aren't there yet. */
    public void keep(List<LoadedPlugin> plugins) {
        try {
            for (LoadedPlugin plugin : plugins) {
                Path kept = folder.resolve(plugin.sha256() + ".jar");
                if (!plugin.sha256().isEmpty() && !Files.exists(kept)) {
                    Files.createDirectories(folder);
                    Path fresh = Files.createTempFile(folder, "jar", ".new");
                    Files.copy(
                            Path.of(plugin.origin()), fresh, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("plugin jars can't be kept in " + folder, e);
        }
    }

    /**
     * The jars of a tape.
     *
     * @throws HorizonException HZ-TAPE-007 when one isn't there
     */
    public List<Path> jars(TapeSetup setup) {
        return setup.plugins().stream().map(this::jar).toList();
    }

    private Path jar(TapeSetup.PluginJar plugin) {
        Path kept = folder.resolve(plugin.sha256() + ".jar");
        if (plugin.sha256().isEmpty() || !Files.exists(kept)) {
            throw new HorizonException(
                    "HZ-TAPE-007",
                    "the tape was made with plugin "
                            + plugin.name()
                            + " "
                            + plugin.version()
                            + (plugin.sha256().isEmpty()
                                    ? ", which a program put in without a jar: replay it from that"
                                            + " program"
                                    : ", whose jar isn't at " + kept + ": put it there"));
        }
        return kept;
    }
}
