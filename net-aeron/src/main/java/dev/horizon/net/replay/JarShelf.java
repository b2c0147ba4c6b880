package dev.horizon.net.replay;

import dev.horizon.engine.host.LoadedPlugin;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

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
                Path kept = kept(plugin);
                if (!plugin.sha256().isEmpty() && !Files.exists(kept)) {
                    Files.createDirectories(folder);
                    Path fresh = Files.createTempFile(folder, "jar", ".new");
                    Files.copy(
                            Path.of(plugin.origin()), fresh, StandardCopyOption.REPLACE_EXISTING);
                    requireSame(fresh, plugin);
                    Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("plugin jars can't be kept in " + folder, e);
        }
    }

    /**
     * Keeps a jar that came from elsewhere.
     *
     * @return its hash, by which it is found
     */
    public String keep(byte[] jar) {
        String hash = PluginHost.sha256(jar);
        Path kept = kept(hash);
        try {
            if (!Files.exists(kept)) {
                Files.createDirectories(folder);
                Path fresh = Files.createTempFile(folder, "jar", ".new");
                Files.write(fresh, jar);
                Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a plugin's jar can't be kept in " + folder, e);
        }
        return hash;
    }

    /** True when the jar of a hash is here. */
    public boolean has(String sha256) {
        return Files.exists(kept(sha256));
    }

    /** The bytes of the jar of a hash, or null when it isn't here. */
    public byte @Nullable [] read(String sha256) {
        try {
            return has(sha256) ? Files.readAllBytes(kept(sha256)) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("a plugin's jar can't be read", e);
        }
    }

    private static void requireSame(Path copy, LoadedPlugin plugin) throws IOException {
        String hash = PluginHost.sha256(Files.readAllBytes(copy));
        if (!hash.equals(plugin.sha256())) {
            Files.delete(copy);
            throw new HorizonException(
                    "HZ-PLG-018", plugin.origin() + " changed while it was loaded; load it again");
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

    /**
     * The jars of a tape, some replaced by others of the same plugin, and more.
     *
     * @throws HorizonException HZ-TAPE-007 when one isn't there, HZ-PLG-001 when another can't be
     *     read
     */
    public List<Path> jars(TapeSetup setup, List<Path> others) {
        List<Path> jars = new ArrayList<>(others);
        jars.addAll(
                jarsWithout(setup, others.stream().map(jar -> descriptor(jar).name()).toList()));
        return jars;
    }

    /** The jars of a tape, but for plugins that a program put in without one. */
    public List<Path> kept(TapeSetup setup) {
        return setup.plugins().stream()
                .filter(plugin -> !plugin.sha256().isEmpty())
                .map(this::jar)
                .toList();
    }

    /** The jars of a tape, but for some plugins. */
    public List<Path> jarsWithout(TapeSetup setup, List<String> plugins) {
        return setup.plugins().stream()
                .filter(plugin -> !plugins.contains(plugin.name()))
                .map(this::jar)
                .toList();
    }

    /** Where a plugin's jar is kept; nowhere for one without. */
    public Path kept(LoadedPlugin plugin) {
        return kept(plugin.sha256());
    }

    private Path kept(String sha256) {
        return folder.resolve(sha256 + ".jar");
    }

    /** What the kept jar of a plugin says of it. */
    PluginDescriptor descriptor(TapeSetup.PluginJar plugin) {
        return descriptor(jar(plugin));
    }

    private static PluginDescriptor descriptor(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            JarEntry entry = file.getJarEntry(PluginDescriptor.PATH);
            if (entry == null) {
                throw new HorizonException(
                        "HZ-PLG-001",
                        jar + " has no " + PluginDescriptor.PATH + ": it is no plugin");
            }
            Properties properties = new Properties();
            properties.load(file.getInputStream(entry));
            return PluginDescriptor.read(properties, jar.toString());
        } catch (IOException e) {
            throw new HorizonException("HZ-PLG-001", jar + " can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Copies the jars of a tape to the shelf of another folder; those that aren't here are left
     * out.
     */
    void copyTo(Path dataDirectory, TapeSetup setup) {
        Path to = dataDirectory.resolve(FOLDER);
        try {
            Files.createDirectories(to);
            for (TapeSetup.PluginJar plugin : setup.plugins()) {
                String name = plugin.sha256() + ".jar";
                if (Files.exists(folder.resolve(name))) {
                    Files.copy(
                            folder.resolve(name),
                            to.resolve(name),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("plugin jars can't be copied to " + to, e);
        }
    }

    private Path jar(TapeSetup.PluginJar plugin) {
        Path kept = kept(plugin.sha256());
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
