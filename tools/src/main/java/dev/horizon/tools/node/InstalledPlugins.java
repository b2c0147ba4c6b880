package dev.horizon.tools.node;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.Tapes;
import dev.horizon.tools.config.NodeSettings;
import dev.horizon.tools.config.PluginFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars that a node starts with: those of its folder, or those that its last life ran when it
 * ended, where plugins were loaded meanwhile and nobody has changed the folder since.
 *
 * @param jars to scan
 * @param hashes of the folder's jars, in order; empty where a program brings the plugins
 */
record InstalledPlugins(List<Path> jars, List<String> hashes) {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledPlugins.class);

    /** A folder in which no node has ticked yet. */
    private static final String NO_RECORDINGS = "HZ-TAPE-004";

    /** Of a node whose plugins a program has added. */
    static InstalledPlugins none() {
        return new InstalledPlugins(List.of(), List.of());
    }

    /** Those of a node's folder. */
    static InstalledPlugins of(NodeSettings node) {
        List<Path> folder = PluginFolder.jars(node);
        return new InstalledPlugins(
                folder, folder.stream().map(InstalledPlugins::hash).sorted().toList());
    }

    /**
     * What the last life ran at its end, if it is something else than the folder has; else this.
     */
    InstalledPlugins orLastRun(Path dataDirectory) {
        try {
            TapeSetup last = Tapes.lastSetup(TapeFile.list(dataDirectory));
            if (last == null || !last.installed().equals(hashes)) {
                return this;
            }
            List<String> ran = last.plugins().stream().map(TapeSetup.PluginJar::sha256).toList();
            return hashes.containsAll(ran)
                    ? this
                    : new InstalledPlugins(new JarShelf(dataDirectory).jars(last), hashes);
        } catch (HorizonException e) {
            if (!e.code().equals(NO_RECORDINGS)) {
                // Whoever brings the world back meets the same, and says what to do.
                LOG.warn("{}: {}", e.code(), e.getMessage());
            }
            return this;
        }
    }

    /** Loads them on a thread of its own. */
    Underway<LoadedPlugins> loading(PluginHost host) {
        return Underway.start(
                "plugins",
                () -> {
                    host.scan(jars);
                    return host.load();
                });
    }

    private static String hash(Path jar) {
        try {
            return PluginHost.sha256(Files.readAllBytes(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " can't be read", e);
        }
    }
}
