package dev.horizon.tools.node;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.engine.profiles.ProfileWriter;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.ownership.EpochFence;
import dev.horizon.net.archive.ArchiveJournal;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.streams.TransportConfig;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a node stands on when it begins to tick: of a process that just started, or of a standby
 * that takes over.
 *
 * @param life the Aeron session of all that it publishes: never 0
 * @param membership of a mesh; null where no coordinator decides
 * @param front null where nothing listens yet
 */
record Foundation(
        HorizonConfig config,
        int life,
        EmbeddedDriver driver,
        TicketKey ticketKey,
        @Nullable Membership membership,
        List<Region> regions,
        ArchiveJournal journal,
        ProfileStore profiles,
        ProfileWriter profileWriter,
        Rungs rung,
        NodeStreams streams,
        PluginHost host,
        Beginning beginning,
        @Nullable Front front) {
    private static final String VIEW_FILE = "profiles.view";

    /**
     * Lays it in a process that just started.
     *
     * @param loading plugins, which come last: they aren't kept, as others may replace them
     */
    static Foundation lay(
            HorizonConfig config,
            PluginHost host,
            InstalledPlugins installed,
            Underway<LoadedPlugins> loading,
            StartOptions options,
            ClosingStack parts)
            throws InterruptedException {
        NodeSettings node = config.node();
        int life = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        TimeAway away = TimeAway.of(node.dataDir());
        EmbeddedDriver driver = parts.add(EmbeddedDriver.start(driverConfig(node)));
        TicketKey ticketKey = Keys.ofNode(config);
        new StandbyMark(node.dataDir()).requireAlone(options.isAlone());
        Membership membership = claim(config, driver, parts);
        Grant owned =
                membership == null
                        ? new Grant(driver.incarnation(), Membership.configured(node))
                        : membership.await(config.mesh());
        new EpochFence(node.dataDir()).admit(owned.regions());

        ArchiveJournal journal = parts.add(ArchiveJournal.open(driver));
        ProfileStore profiles = parts.add(profiles(config, journal));
        ProfileWriter profileWriter = new ProfileWriter(profiles, node.starSystem());
        parts.add(profileWriter.start());

        Rungs rung = Rungs.choose(config.streams(), options.isOpen(), driver.aeron());
        NodeStreams streams =
                NodeStreams.open(
                        driver.aeron(),
                        config.streams().transportConfig(rung.kind()),
                        node.starSystem(),
                        life,
                        parts);
        Beginning beginning =
                Beginning.of(
                        config,
                        driver,
                        host,
                        loading.result(),
                        installed.hashes(),
                        owned,
                        profileWriter,
                        away,
                        options.isNewWorld());
        return new Foundation(
                config,
                life,
                driver,
                ticketKey,
                membership,
                owned.regions(),
                journal,
                profiles,
                profileWriter,
                rung,
                streams,
                host,
                beginning,
                null);
    }

    /** How its streams travel. */
    TransportConfig transport() {
        return config.streams().transportConfig(rung.kind());
    }

    static DriverConfig driverConfig(NodeSettings node) {
        return DriverConfig.at(node.dataDir()).withoutShutdownHook();
    }

    /** The profiles of the folder's journal; the view is opened later. */
    static ProfileStore profiles(HorizonConfig config, ArchiveJournal journal) {
        return ProfileStore.of(
                journal,
                config.node().dataDir().resolve(VIEW_FILE),
                config.profiles().storeConfig());
    }

    /**
     * Claims the regions of a coordinator; null where none decides. Says goodbye after the loop.
     */
    private static @Nullable Membership claim(
            HorizonConfig config, EmbeddedDriver driver, ClosingStack parts) {
        return config.mesh().isCoordinated()
                ? parts.add(Membership.claim(config, driver, MeshNode.of(config.node().dataDir())))
                : null;
    }
}
