package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.profiles.ProfileStore;
import dev.horizon.engine.profiles.ProfileWriter;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.Grant;
import dev.horizon.mesh.ownership.EpochFence;
import dev.horizon.net.archive.ArchiveJournal;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.SnapshotRecorder;
import dev.horizon.net.archive.TickLogConfig;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.AeronNodeLink;
import dev.horizon.net.gateway.Gateway;
import dev.horizon.net.gateway.NodeTerms;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.replay.JarShelf;
import dev.horizon.net.streams.Connecting;
import dev.horizon.net.streams.PresenceStream;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.TransportConfig;
import dev.horizon.net.streams.TransportKind;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import dev.horizon.tools.config.PluginFolder;
import dev.horizon.tools.config.StreamSettings;
import dev.horizon.tools.live.ApiRoutes;
import dev.horizon.tools.live.LiveApi;
import dev.horizon.tools.live.LiveNode;
import dev.horizon.tools.live.OperatorToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One node in this process: tick loop, streams, tape, profiles, gateway and pages. Started and
 * closed by one thread; everything else may be called by any.
 */
public final class NodeProcess implements AutoCloseable {
    private static final int GATEWAY_ID = 1;
    private static final String VIEW_FILE = "profiles.view";
    private static final long CONNECT_MILLIS_MAX = 5_000;

    private final HorizonConfig config;

    /** The Aeron session of all that this life publishes: never 0. */
    private final int life = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);

    private final ClosingStack parts = new ClosingStack();
    private final EmbeddedDriver driver;
    private final PluginDesk pluginDesk;
    private final ProfileWriter profileWriter;
    private final TicketKey ticketKey;
    private final TickLoop loop;
    private final TickThread thread;
    private final Gateway gateway;
    private final RunningNode live;
    private final Rungs rung;
    private final Beginning beginning;
    private @Nullable PresenceStream presence;

    private NodeProcess(
            HorizonConfig config,
            PluginHost host,
            InstalledPlugins installed,
            StartOptions options) {
        this.config = config;
        NodeSettings node = config.node();
        CountDownLatch startEnded = new CountDownLatch(1);
        try {
            parts.add(VirtualMachineEnd.closes(parts, startEnded));
            Underway<LoadedPlugins> loading = Underway.start("plugins", () -> installed.load(host));
            TimeAway away = TimeAway.of(node.dataDir());
            driver = parts.add(EmbeddedDriver.start(driverConfig(node)));
            ticketKey = Keys.ofNode(config);
            Membership membership = claim(Membership.configured(node));
            Grant owned =
                    membership == null
                            ? new Grant(driver.incarnation(), Membership.configured(node))
                            : membership.await(config.mesh());
            List<Region> regions = owned.regions();
            new EpochFence(node.dataDir()).admit(regions);

            ProfileStore profiles = openProfiles();
            profileWriter = new ProfileWriter(profiles, node.starSystem());
            parts.add(profileWriter.start());

            rung = Rungs.choose(config.streams(), options.isOpen(), driver.aeron());
            TransportConfig transport = config.streams().transportConfig(rung.kind());
            NodeStreams streams =
                    NodeStreams.open(driver.aeron(), transport, node.starSystem(), life, parts);
            LoadedPlugins plugins = loading.result();
            beginning =
                    Beginning.of(
                            config,
                            driver,
                            host,
                            plugins,
                            installed.hashes(),
                            owned,
                            profileWriter,
                            away,
                            options.isNewWorld());
            WorldState world = parts.add(beginning.world());
            Schedule schedule = parts.add(beginning.schedule());
            Underway<byte[]> setup = Underway.start("tape setup", () -> describe(plugins));
            TickLogConfig tapeConfig = config.capture().tickLogConfig();
            ArchiveTickLog tape =
                    parts.add(ArchiveTickLog.open(driver, tapeConfig, beginning.header()));
            ChannelConfig channels = config.channelConfig();
            channels.requireComponents(Beginning.components(plugins));
            ChannelEncoder encoder =
                    new ChannelEncoder(world, channels, node.tickHz(), schedule.crew());
            loop =
                    beginning
                            .loop(
                                    plugins,
                                    regions,
                                    new Logins(streams.inputs(), new StoredProfiles(profiles)))
                            .tickLog(tape)
                            .frames(streams.frames())
                            .messages(streams.sessions())
                            .subscriptions(streams.subscriptions(), encoder.subscriptions())
                            .encoder(encoder)
                            .profiles(profileWriter)
                            .snapshotEvery(config.capture().snapshotSeconds() * node.tickHz())
                            .build();
            byte[] described = setup.result();
            tape.describe(described);
            SnapshotRecorder recorder =
                    new SnapshotRecorder(
                            driver,
                            tape,
                            beginning.header(),
                            described,
                            tapeConfig,
                            loop.snapshots());
            beginning.record(recorder, node.dataDir());
            parts.add(recorder.start());
            TapeWatch watch = new TapeWatch(tape, recorder, loop.metrics(), driver.dataDirectory());
            thread = parts.add(new TickThread(loop));
            pluginDesk =
                    new PluginDesk(
                            host, plugins, loop, shelf(), beginning.setup(), this::shapesChanged);
            live =
                    new RunningNode(
                            config, pluginDesk, world.registry(), schedule, loop, encoder, watch);
            if (membership != null) {
                membership.represents(loop, live::heardTick, thread::stop);
            }
            // The first tick makes the star system, while the gateway gets ready for who comes.
            thread.start();
            live.hangs(parts.add(new HangWatch(loop, node)));
            // It goes first at the end, and its link with it: what nobody reads must not wait.
            gateway = startGateway(transport, channels);
            live.gateway(gateway);
            parts.add(new HealthWatch(live.health(), watch));
            if (rung.kind() != TransportKind.IPC) {
                presence = parts.add(presence(transport, channels));
            }
            thread.awaitTick(beginning.firstTick());
            // Opening takes a core for a second or two, which the first tick has better use for.
            profiles.openView();
        } catch (InterruptedException e) {
            parts.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        } catch (RuntimeException | Error e) {
            parts.abandon();
            throw e;
        } finally {
            startEnded.countDown();
        }
    }

    /**
     * Starts a node with the plugins of its folder; returns once it ticks and players can connect.
     *
     * @throws HorizonException with the code of what was in the way; nothing is left running then
     * @throws CancellationException when a signal ended the virtual machine meanwhile
     */
    public static NodeProcess start(HorizonConfig config) {
        return start(config, StartOptions.standard());
    }

    /** The same in another way. */
    public static NodeProcess start(HorizonConfig config, StartOptions options) {
        PluginHost host = host(config);
        PluginFolder.require(config.node());
        return new NodeProcess(
                config, host, InstalledPlugins.of(config.node(), options.isNewWorld()), options);
    }

    /** Starts a node with plugins that the caller put into the host. */
    public static NodeProcess start(HorizonConfig config, PluginHost host) {
        return start(config, host, StartOptions.standard());
    }

    /** The same in another way. */
    public static NodeProcess start(HorizonConfig config, PluginHost host, StartOptions options) {
        return new NodeProcess(config, host, InstalledPlugins.none(), options);
    }

    /** An empty host with the configuration's plugin settings; strict in production. */
    public static PluginHost host(HorizonConfig config) {
        return new PluginHost(
                config.node().profile() == NodeSettings.Profile.PRODUCTION, config.pluginTrees());
    }

    /** The port that pages, API and players share. */
    public int port() {
        return gateway.port();
    }

    /** Where a browser finds the star map. */
    public String address() {
        return "http://" + config.node().bind() + ":" + port() + "/";
    }

    /** What it was started with. */
    public HorizonConfig config() {
        return config;
    }

    /** The plugins, loaded and left out. */
    public LoadedPlugins plugins() {
        return pluginDesk.plugins();
    }

    /** What carries its streams, and why. */
    public String transport() {
        return StreamSettings.Transport.name(rung.kind()) + " (" + rung.reason() + ")";
    }

    /** The key that signs tickets. */
    public TicketKey ticketKey() {
        return ticketKey;
    }

    /** Which life of the data folder this is. */
    public int incarnation() {
        return driver.incarnation();
    }

    /** The tick that its world was brought back to; 0 for a new world. */
    public long comebackTick() {
        Comeback.Found found = beginning.comeback();
        return found == null ? 0 : found.origin().tick();
    }

    /** Ticks that were run again to get there. */
    public long ticksRunAgain() {
        Comeback.Found found = beginning.comeback();
        return found == null ? 0 : found.ticksRun();
    }

    /** The driver's shared memory. */
    public Path sharedMemory() {
        return driver.driverDirectory();
    }

    /** The tick loop: its metrics, its inspector, its operators' desk. */
    public TickLoop loop() {
        return loop;
    }

    /** Profiles stored since the start: what {@code kill -9} can't take away. */
    public long profilesStored() {
        return profileWriter.stored();
    }

    /** What the API shows. */
    public LiveNode live() {
        return live;
    }

    /**
     * Waits for ticks since the start, or until the tick thread has ended, as {@link #awaitEnd}.
     */
    public void awaitTicks(long ticks) throws InterruptedException {
        thread.awaitTick(beginning.firstTick() - 1 + ticks);
    }

    /** Waits until the tick thread has ended, and throws what ended it, if anything did. */
    public void awaitEnd() throws InterruptedException {
        thread.awaitEnd();
    }

    /**
     * Stops in order: the gateway says goodbye, the last tick closes the sessions, what it caused
     * leaves, profiles are stored, streams and shared memory are given back.
     */
    @Override
    public void close() {
        parts.close();
    }

    /** Says to gateways of other processes how to reach and understand this node. */
    private PresenceStream presence(TransportConfig transport, ChannelConfig channels) {
        return new PresenceStream(
                driver.aeron(),
                transport,
                driver.incarnation(),
                terms(transport, channels, loop.events()).encode(),
                loop.metrics()::tick);
    }

    private NodeTerms terms(TransportConfig transport, ChannelConfig channels, EventBus events) {
        return new NodeTerms(
                config.node().starSystem(),
                config.node().tickHz(),
                life,
                transport,
                channels,
                events.catalogue().version(),
                events.catalogue().shapes(),
                events.acceptsRaw());
    }

    private Gateway startGateway(TransportConfig transport, ChannelConfig channels) {
        StreamAddresses addresses = StreamAddresses.beside(transport, config.node().starSystem());
        AeronNodeLink link = parts.add(new AeronNodeLink(driver.aeron(), addresses, GATEWAY_ID));
        Connecting.await("the gateway's streams", CONNECT_MILLIS_MAX, link::isConnected);
        // The API is a route of the gateway that it asks.
        AtomicReference<@Nullable Gateway> serving = new AtomicReference<>();
        LiveApi api =
                new LiveApi(
                        live,
                        OperatorToken.in(config.node().dataDir()),
                        (player, entity, tick) ->
                                Objects.requireNonNull(serving.get()).why(player, entity, tick));
        Gateway.Builder builder =
                Gateway.with(config.gatewayConfig(), ticketKey, link, channels)
                        .folder("/", "pages/")
                        .loader(NodeProcess.class.getClassLoader());
        ApiRoutes.of(api).forEach(builder::route);
        Gateway started = parts.add(builder.start());
        serving.set(started);
        EventBus events = loop.events();
        started.catalogue(events.catalogue(), events.acceptsRaw());
        return started;
    }

    /**
     * Claims the regions of a coordinator; null where none decides. Says goodbye after the loop.
     */
    private @Nullable Membership claim(List<Region> regions) {
        return config.mesh().isCoordinated()
                ? parts.add(Membership.claim(config, driver, regions))
                : null;
    }

    private ProfileStore openProfiles() {
        ArchiveJournal journal = parts.add(ArchiveJournal.open(driver));
        return parts.add(
                ProfileStore.of(
                        journal,
                        config.node().dataDir().resolve(VIEW_FILE),
                        config.profiles().storeConfig()));
    }

    private static DriverConfig driverConfig(NodeSettings node) {
        return DriverConfig.at(node.dataDir()).withoutShutdownHook();
    }

    /** Keeps the plugins' jars for whoever runs the tape again, and says what they need beside. */
    private byte[] describe(LoadedPlugins plugins) {
        shelf().keep(plugins.plugins());
        return beginning.setup().encode();
    }

    private JarShelf shelf() {
        return new JarShelf(config.node().dataDir());
    }

    /** Clients and gateways learn the events of other plugins. */
    private void shapesChanged(EventBus events) {
        gateway.catalogue(events.catalogue(), events.acceptsRaw());
        if (presence != null) {
            TransportConfig transport = config.streams().transportConfig(rung.kind());
            presence.terms(terms(transport, config.channelConfig(), events).encode());
        }
    }
}
