package dev.horizon.tools.node;

import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.engine.profiles.ProfileWriter;
import dev.horizon.engine.world.Region;
import dev.horizon.net.archive.ArchiveJournal;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.replay.Tapes;
import dev.horizon.net.standby.Claim;
import dev.horizon.net.standby.JarIntake;
import dev.horizon.net.standby.JarSeal;
import dev.horizon.net.standby.Stage;
import dev.horizon.net.standby.StandbyConfig;
import dev.horizon.net.standby.StandbyLink;
import dev.horizon.net.standby.StandbyPact;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import dev.horizon.tools.config.PluginFolder;
import dev.horizon.tools.live.OperatorToken;
import dev.horizon.tools.live.StandbyStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hot standby in this process: follows a node's tape, and becomes the node when it takes over.
 * Started and closed by one thread; everything else may be called by any.
 */
public final class StandbyProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyProcess.class);
    private static final long PARK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A node that never let it take over, and says nothing for so many silences, is gone. */
    private static final int GONE_SILENCES = 10;

    private final HorizonConfig config;
    private final PluginHost host;
    private final InstalledPlugins installed;
    private final FollowedPlugins plugins;
    private final ClosingStack parts = new ClosingStack();
    private final CountDownLatch settled = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final StandbyMark mark;
    private final EmbeddedDriver driver;
    private final TicketKey ticketKey;
    private final MeshHeir heir;
    private final ArchiveJournal journal;
    private final ProfileStore profiles;
    private final ProfileWriter profileWriter;
    private final int life = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
    private final Rungs rung;
    private final NodeStreams streams;
    private final StandbyLink link;
    private final Front front;
    private final Thread thread;
    private volatile @Nullable Shadow shadow;
    private volatile @Nullable NodeProcess node;
    private volatile @Nullable Throwable fault;
    private volatile boolean isClosing;

    private StandbyProcess(
            HorizonConfig config, PluginHost host, InstalledPlugins installed, boolean isOpen) {
        this.config = config;
        this.host = host;
        this.installed = installed;
        CountDownLatch startEnded = new CountDownLatch(1);
        try {
            parts.add(VirtualMachineEnd.closes(parts, startEnded));
            parts.add((AutoCloseable) this::end);
            NodeSettings settings = config.node();
            StandbyConfig standby = requireSettings(config);
            NodeAddress of = NodeAddress.parse("standby.of", config.standby().of());
            driver = parts.add(EmbeddedDriver.start(Foundation.driverConfig(settings)));
            mark = new StandbyMark(settings.dataDir());
            requireNoWorld(settings.dataDir());
            mark.follows(config.standby().of());
            ticketKey = Keys.ofNode(config);
            heir = new MeshHeir(config);
            journal = parts.add(ArchiveJournal.open(driver));
            profiles = parts.add(Foundation.profiles(config, journal));
            profiles.openView();
            profileWriter = new ProfileWriter(profiles, settings.starSystem());
            rung = Rungs.choose(config.streams(), isOpen, driver.aeron());
            streams =
                    NodeStreams.open(
                            driver.aeron(),
                            config.streams().transportConfig(rung.kind()),
                            settings.starSystem(),
                            life,
                            parts);
            JarShelf shelf = new JarShelf(settings.dataDir());
            link =
                    parts.add(
                            new StandbyLink(
                                    driver.aeron(),
                                    standby,
                                    of.host(),
                                    of.port(),
                                    MeshHome.of(settings.dataDir()),
                                    new JarIntake(shelf, new JarSeal(ticketKey))));
            plugins = new FollowedPlugins(host, shelf, link);
            front =
                    parts.add(
                            new Front(
                                    config,
                                    ticketKey,
                                    config.channelConfig(),
                                    new StandbyApi(
                                            this::status,
                                            link,
                                            OperatorToken.in(settings.dataDir()),
                                            settings.starSystem())));
            front.reach(
                    driver.aeron(),
                    config.streams().transportConfig(rung.kind()),
                    settings.starSystem());
            link.start();
            thread = Thread.ofPlatform().name("standby").unstarted(this::run);
            parts.add((AutoCloseable) this::endThread);
            thread.start();
        } catch (RuntimeException | Error e) {
            parts.abandon();
            throw e;
        } finally {
            startEnded.countDown();
        }
    }

    /**
     * Starts without plugins of its own, for it runs the node's; returns once it listens.
     *
     * @throws HorizonException with the code of what was in the way; nothing is left running then
     */
    public static StandbyProcess start(HorizonConfig config) {
        PluginHost host = NodeProcess.host(config);
        PluginFolder.require(config.node());
        return new StandbyProcess(config, host, InstalledPlugins.of(config.node()), true);
    }

    /** The same with plugins that the caller put into the host; for players of its own gateway. */
    public static StandbyProcess start(HorizonConfig config, PluginHost host) {
        return new StandbyProcess(config, host, InstalledPlugins.none(), false);
    }

    private static StandbyConfig requireSettings(HorizonConfig config) {
        if (config.standby().port() == 0) {
            throw new HorizonException(
                    "HZ-STB-012",
                    "a standby needs three UDP ports of its own: set standby.port to the first of"
                            + " them");
        }
        return config.standby().standbyConfig();
    }

    /** A folder whose world nobody else has must not be forgotten over another's. */
    private void requireNoWorld(Path folder) {
        boolean hasWorld =
                !mark.isThere()
                        && Files.isDirectory(EmbeddedDriver.recordings(folder))
                        && TapeFile.list(folder).stream().anyMatch(Tapes::isBegun);
        if (hasWorld) {
            throw new HorizonException(
                    "HZ-STB-013",
                    folder
                            + " holds the world of a node that may be the last to have spoken for"
                            + " it: name another folder for the standby with --data-dir");
        }
    }

    private void run() {
        try {
            StandbyLink.Copy copy = link.awaitCopy();
            try (Shadow follows = begin(copy)) {
                shadow = follows;
                // What the copy holds is stored, and by this thread: from now on the writer does.
                parts.add(profileWriter.start());
                link.follow(follows.tape(), follows::tick);
                follow(follows);
                if (link.pact().isOver()) {
                    takeOver(follows);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!isClosing) {
                fault = e;
                link.standDown();
                LOG.error("the standby ended: {}", e.getMessage());
            }
        }
        NodeProcess became = node;
        if (became == null) {
            end();
        } else {
            settled.countDown();
            awaitEnd(became);
        }
    }

    private void end() {
        settled.countDown();
        ended.countDown();
    }

    private Shadow begin(StandbyLink.Copy copy) throws InterruptedException {
        heir.follow(copy.terms().mesh());
        return Shadow.begin(config, driver, plugins, profiles, profileWriter, copy, link);
    }

    private void follow(Shadow follows) throws InterruptedException {
        StandbyPact pact = link.pact();
        boolean wasAttached = false;
        while (!isClosing && !pact.isOver()) {
            if (pact.claim() == Claim.STOOD_DOWN) {
                if (pact.isDetached()) {
                    LOG.info("the node let go of this standby in order, and it ends{}", because());
                    return;
                }
                throw new HorizonException(
                        "HZ-STB-004", "the node let go of this standby" + because());
            }
            if (!pact.isAttached()
                    && pact.silenceNanos(System.nanoTime())
                            > GONE_SILENCES * config.standby().silence().toNanos()) {
                throw new HorizonException(
                        "HZ-STB-001",
                        "the node is gone, and this standby hasn't all that players saw: start the"
                                + " node's folder again");
            }
            if (pact.isAttached() != wasAttached) {
                wasAttached = pact.isAttached();
                LOG.info("attached at tick {}: it may take over", follows.tick());
            }
            if (!follows.poll()) {
                follows.requireSame(link);
                follows.keepFed(link);
                LockSupport.parkNanos(this, PARK_NANOS);
            }
        }
    }

    private String because() {
        return link.refusal().isEmpty() ? "" : ": " + link.refusal();
    }

    /** What was recorded is run to its end, and the node goes on from there. */
    private void takeOver(Shadow follows) throws InterruptedException {
        long begun = System.nanoTime();
        Comeback.Found found = follows.end();
        LoadedPlugins running = plugins.running();
        List<Region> regions = heir.takeOver(driver, parts);
        Foundation from =
                new Foundation(
                        config,
                        life,
                        driver,
                        ticketKey,
                        heir.membership(),
                        regions,
                        journal,
                        profiles,
                        profileWriter,
                        rung,
                        streams,
                        host,
                        Beginning.goingOn(
                                config,
                                running,
                                installed.hashes(),
                                regions,
                                found,
                                TimeAway.of(config.node().dataDir())),
                        front);
        mark.remove();
        NodeProcess became = parts.add(NodeProcess.takeOver(from, running));
        node = became;
        LOG.warn(
                "this standby took over from tick {}, in {} ms, and ticks",
                found.origin().tick(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void awaitEnd(NodeProcess became) {
        try {
            became.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fault = e;
        } finally {
            end();
        }
    }

    /** How it does. */
    public StandbyStatus status() {
        StandbyPact pact = link.pact();
        Shadow follows = shadow;
        Stage stage = pact.nodeStage();
        return new StandbyStatus(
                "standby",
                StandbyPlace.name(stage),
                pact.isAttached(),
                stage == Stage.NONE ? "" : StandbyPlace.name(pact.survivor()),
                link.nodeTick(),
                follows == null ? 0 : follows.tick(),
                0,
                TimeUnit.NANOSECONDS.toMillis(pact.silenceNanos(System.nanoTime())),
                follows == null ? "" : follows.alarm());
    }

    /** Has it take over, as an operator would. */
    public void promote(boolean isNodeGone) throws InterruptedException {
        link.takeOver(isNodeGone);
    }

    /** The node that it has become; null before that. */
    public @Nullable NodeProcess node() {
        return node;
    }

    /** Waits until it has taken over, and ticks; null when it ended without. */
    public @Nullable NodeProcess awaitTakeover() throws InterruptedException {
        settled.await();
        return node;
    }

    /** Where a browser, and after it took over players, find it. */
    public String address() {
        return config.address(front.gateway().port());
    }

    /**
     * Waits until it ends: as a standby, or as the node that it became.
     *
     * @throws HorizonException what ended it
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        switch (fault) {
            case null -> {}
            case RuntimeException told -> throw told;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private void endThread() throws InterruptedException {
        isClosing = true;
        if (node == null) {
            thread.interrupt();
        }
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    /** Ends it in order: a standby tells its node, which goes on without. */
    @Override
    public void close() {
        isClosing = true;
        parts.close();
    }
}
