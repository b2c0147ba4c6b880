package dev.horizon.tools.node;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.standby.StandbyLink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins of a standby: always those that its node ran in the same tick, whose jars come from
 * the node. One thread.
 */
final class FollowedPlugins {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedPlugins.class);

    private final PluginHost host;
    private final JarShelf shelf;
    private final StandbyLink link;
    private @Nullable LoadedPlugins running;

    /**
     * None yet.
     *
     * @param host with those that a program has added
     */
    FollowedPlugins(PluginHost host, JarShelf shelf, StandbyLink link) {
        this.host = host;
        this.shelf = shelf;
        this.link = link;
    }

    /**
     * Those that a tape names.
     *
     * @throws HorizonException HZ-TAPE-007 when a jar doesn't come, HZ-STB-015 when it is
     *     anybody's, HZ-STB-002 when they are others here
     */
    LoadedPlugins of(TapeSetup setup) {
        LoadedPlugins before = running;
        if (before != null && TapeSetup.jars(before).equals(setup.plugins())) {
            return before;
        }
        if (!link.awaitJars(setup.hashes())) {
            LOG.warn("not all jars of {} came from the node", setup.plugins());
        }
        LoadedPlugins next = host.follow(shelf.kept(setup));
        if (!TapeSetup.jars(next).equals(setup.plugins())) {
            throw new HorizonException(
                    "HZ-STB-002",
                    "this standby would make other ticks than its node, for its program brings"
                            + " other plugins: "
                            + TapeSetup.jars(next)
                            + " instead of "
                            + setup.plugins());
        }
        running = next;
        if (before != null) {
            LOG.info("the node's plugins are others from now on: {}", setup.plugins());
        }
        return next;
    }

    /** Those that run. */
    LoadedPlugins running() {
        LoadedPlugins now = running;
        if (now == null) {
            throw new IllegalStateException("no tape was begun yet");
        }
        return now;
    }
}
