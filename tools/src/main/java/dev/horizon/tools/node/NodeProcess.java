package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.TransferSink;
import dev.horizon.engine.schedule.Schedule;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.AeronNodeLink;
import dev.horizon.net.gateway.Gateway;
import dev.horizon.net.gateway.NodeTerms;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.standby.JarSeal;
import dev.horizon.net.standby.NodePact;
import dev.horizon.net.standby.ReleaseGate;
import dev.horizon.net.standby.StandbyConfig;
import dev.horizon.net.streams.PresenceStream;
import dev.horizon.net.streams.TransportKind;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import dev.horizon.tools.config.PluginFolder;
import dev.horizon.tools.config.StreamSettings;
import dev.horizon.tools.live.LiveApi;
import dev.horizon.tools.live.LiveNode;
import dev.horizon.tools.live.OperatorToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One node in this process: tick loop, streams, tape, profiles, gateway and pages. Started and
 * closed by one thread; everything else may be called by any.
 */
public final class NodeProcess implements AutoCloseable {
    private final HorizonConfig config;
    private final ClosingStack parts;
    private final Foundation from;
    private final EmbeddedDriver driver;
    private final PluginDesk pluginDesk;
    private final TickLoop loop;
    private final TickThread thread;
    private final Gateway gateway;
    private final RunningNode live;
    private final Beginning beginning;
    private @Nullable PresenceStream presence;

    /** Begins to tick on what was laid; returns once the first tick is done. */
    private NodeProcess(Foundation from, LoadedPlugins plugins, ClosingStack parts)
            throws InterruptedException {
        this.from = from;
        this.parts = parts;
        config = from.config();
        driver = from.driver();
        beginning = from.beginning();
        NodeSettings node = config.node();
        WorldState world = parts.add(beginning.world());
        Schedule schedule = parts.add(beginning.schedule());
        NodeTape tape = parts.add(NodeTape.open(from, plugins));
        ChannelConfig channels = config.channelConfig();
        ChannelEncoder encoder = beginning.encoder(channels, plugins);
        StandbyConfig standby = config.standby().standbyConfig();
        NodePact pact = NodePact.of(standby);
        NodeStreams streams = from.streams();
        Membership membership = from.membership();
        loop =
                beginning
                        .loop(
                                plugins,
                                from.regions(),
                                new Logins(streams.inputs(), new StoredProfiles(from.profiles())))
                        .tickLog(
                                standby.port() == 0
                                        ? tape.log()
                                        : new ReleaseGate(tape.log(), pact::limit))
                        .frames(streams.frames())
                        .messages(streams.sessions())
                        .subscriptions(streams.subscriptions(), encoder.subscriptions())
                        .encoder(encoder)
                        .profiles(from.profileWriter())
                        .transfers(
                                membership == null ? TransferSink.NOBODY : membership.transfers())
                        .ghosts(config.mesh().ghostConfig(channels))
                        .snapshotEvery(config.capture().snapshotSeconds() * node.tickHz())
                        .costs(config.budgets().costBudget(node.tickHz()))
                        .overload(config.overload().overloadConfig())
                        .build();
        TapeWatch watch =
                new TapeWatch(
                        tape.log(),
                        tape.recorder(),
                        loop.metrics(),
                        driver.dataDirectory(),
                        from.beginning().origin());
        thread = new TickThread(loop);
        StandbyPlace place =
                new StandbyPlace(new StandbyMark(node.dataDir()), loop, thread, membership);
        if (standby.port() != 0) {
            JarSeal seal = new JarSeal(from.ticketKey());
            parts.add(place.open(driver, tape.copySource(from), seal, config, pact));
        }
        parts.add(thread);
        pluginDesk =
                parts.add(
                        new PluginDesk(
                                from.host(),
                                plugins,
                                loop,
                                config,
                                beginning.setup(),
                                place,
                                this::shapesChanged));
        live =
                new RunningNode(
                        config,
                        pluginDesk,
                        world.registry(),
                        schedule,
                        loop,
                        encoder,
                        watch,
                        place);
        if (membership != null) {
            membership.represents(loop, world.idBlock(), live::heardTick, thread::stop);
        }
        tape.begin(loop.snapshots());
        // The first tick makes the star system, while the gateway gets ready for who comes.
        thread.start();
        live.hangs(parts.add(new HangWatch(loop, node)));
        // It goes first at the end, and its link with it: what nobody reads must not wait.
        gateway = startGateway(channels);
        live.gateway(gateway);
        parts.add(new HealthWatch(live.health(), watch));
        thread.awaitTick(beginning.firstTick());
        // What takes a core for a while; the first tick has better use for it.
        if (from.rung().kind() != TransportKind.IPC) {
            presence = parts.add(presence(channels));
        }
        from.profiles().openView();
    }

    private static NodeProcess start(
            HorizonConfig config,
            PluginHost host,
            InstalledPlugins installed,
            Underway<LoadedPlugins> loading,
            StartOptions options) {
        ClosingStack parts = new ClosingStack();
        CountDownLatch startEnded = new CountDownLatch(1);
        try {
            parts.add(VirtualMachineEnd.closes(parts, startEnded));
            return new NodeProcess(
                    Foundation.lay(config, host, installed, loading, options, parts),
                    loading.result(),
                    parts);
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

    /** Begins to tick in a process that was a standby, whose foundation stays the caller's. */
    static NodeProcess takeOver(Foundation on, LoadedPlugins plugins) throws InterruptedException {
        ClosingStack parts = new ClosingStack();
        try {
            return new NodeProcess(on, plugins, parts);
        } catch (InterruptedException | RuntimeException | Error e) {
            parts.close();
            throw e;
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
        PluginFolder.require(config.node());
        PluginHost host = host(config);
        InstalledPlugins folder = InstalledPlugins.of(config.node());
        // They load while the last life's tape is asked whether it ran others, which is rare.
        Underway<LoadedPlugins> loading = folder.loading(host);
        InstalledPlugins installed =
                options.isNewWorld() ? folder : folder.orLastRun(config.node().dataDir());
        if (!installed.equals(folder)) {
            host = host(config);
            loading = installed.loading(host);
        }
        return start(config, host, installed, loading, options);
    }

    /** Starts a node with plugins that the caller put into the host. */
    public static NodeProcess start(HorizonConfig config, PluginHost host) {
        return start(config, host, StartOptions.standard());
    }

    /** The same in another way. */
    public static NodeProcess start(HorizonConfig config, PluginHost host, StartOptions options) {
        InstalledPlugins none = InstalledPlugins.none();
        return start(config, host, none, none.loading(host), options);
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
        return config.address(port());
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
        return StreamSettings.Transport.name(from.rung().kind())
                + " ("
                + from.rung().reason()
                + ")";
    }

    /** The key that signs tickets. */
    public TicketKey ticketKey() {
        return from.ticketKey();
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
        return from.profileWriter().stored();
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
    private PresenceStream presence(ChannelConfig channels) {
        Membership membership = from.membership();
        return new PresenceStream(
                driver.aeron(),
                from.transport(),
                driver.incarnation(),
                terms(channels, loop.events()).encode(),
                loop.metrics()::tick,
                membership == null ? List::of : membership::placement);
    }

    private NodeTerms terms(ChannelConfig channels, EventBus events) {
        Membership membership = from.membership();
        return new NodeTerms(
                config.node().starSystem(),
                config.node().tickHz(),
                from.life(),
                from.transport(),
                channels,
                events.catalogue().version(),
                events.catalogue().shapes(),
                events.acceptsRaw(),
                membership == null ? 0 : membership.home());
    }

    private Gateway startGateway(ChannelConfig channels) {
        // The API is a route of the gateway that it asks.
        AtomicReference<@Nullable Gateway> serving = new AtomicReference<>();
        LiveApi api =
                new LiveApi(
                        live,
                        OperatorToken.in(config.node().dataDir()),
                        (player, entity, tick) ->
                                Objects.requireNonNull(serving.get()).why(player, entity, tick));
        Front listening = from.front();
        Front front =
                listening == null ? new Front(config, from.ticketKey(), channels, api) : listening;
        parts.add((AutoCloseable) front::close);
        AeronNodeLink link =
                front.reach(driver.aeron(), from.transport(), config.node().starSystem());
        serving.set(front.gateway());
        front.serve(link, api, loop.events());
        return front.gateway();
    }

    /** Clients and gateways learn the events of other plugins. */
    private void shapesChanged(EventBus events) {
        gateway.catalogue(events.catalogue(), events.acceptsRaw());
        if (presence != null) {
            presence.terms(terms(config.channelConfig(), events).encode());
        }
    }
}
