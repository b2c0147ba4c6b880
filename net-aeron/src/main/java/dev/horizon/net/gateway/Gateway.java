package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.schedule.Niceness;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.edge.Why;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: WebSocket at {@code /play}, pages and API beside it, and lines over Aeron
 * where these are wanted. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long DRAIN_POLL_MILLIS = 5;
    private static final long IDLE_NANOS_MIN = 1_000;
    private static final long IDLE_NANOS_MAX = 500_000;

    private final GatewayMetrics metrics;
    private final Doors doors;
    private final ExecutorService threads;
    private final AgentRunner runner;
    private final GatewayAgent agent;
    private final CommandQueue commands;
    private final List<Side> sides = new ArrayList<>();

    private Gateway(Builder builder) {
        GatewayConfig config = builder.config;
        InetAddress address = address(config);
        SslContext tls = config.tls().isOn() ? TlsKeys.read(config.tls(), builder.clock) : null;
        Tickets tickets = new Tickets(builder.key, builder.clock);
        commands = new CommandQueue(config.queues().commandsMax());
        metrics = new GatewayMetrics(commands);
        ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
        threads = Executors.newVirtualThreadPerTaskExecutor();
        Flushing flushing = new Flushing(allocator);
        for (NodeLink node : builder.nodes) {
            sides.add(new Side(node, config, builder.channels, allocator, flushing, metrics));
        }
        Comebacks comebacks = new Comebacks(System.nanoTime());
        SessionDesk desk = new SessionDesk(config, tickets, sides, flushing, comebacks, metrics);
        agent =
                new GatewayAgent(
                        sides,
                        commands,
                        desk,
                        new Handover(sides, desk, flushing),
                        flushing,
                        tickets,
                        metrics,
                        SystemNanoClock.INSTANCE);
        GatewayParts parts =
                new GatewayParts(
                        config,
                        metrics,
                        new AddressBudgets(config.limits()),
                        new Strangers(
                                TimeUnit.MILLISECONDS.toNanos(config.timeouts().helloMillis()),
                                config.limits().strangersMax(),
                                metrics),
                        new Origins(address, tls != null, config.allowedOrigins()),
                        new HttpRoutes(
                                builder.routes(tickets),
                                new HttpFiles(builder.folders, builder.loader)),
                        new Semaphore(config.limits().handlersMax()),
                        threads,
                        tls,
                        new Ingress.Edge(
                                tickets,
                                builder.key.isDevelopment(),
                                new Offenders(),
                                comebacks,
                                commands));
        try {
            doors = new Doors(parts, address);
        } catch (RuntimeException e) {
            threads.shutdownNow();
            throw e;
        }
        runner =
                new AgentRunner(
                        new BackoffIdleStrategy(1, 1, IDLE_NANOS_MIN, IDLE_NANOS_MAX),
                        fault -> {
                            metrics.faults.increment();
                            LOG.error("the gateway's agent failed in one round", fault);
                        },
                        null,
                        agent);
        AgentRunner.startOnThread(runner, Niceness.threads(agent.roleName()));
    }

    /**
     * Begins to describe a gateway.
     *
     * @param config its settings
     * @param key signs tickets
     * @param node the node behind it
     * @param channels how the node cuts its world into channels
     */
    public static Builder with(
            GatewayConfig config, TicketKey key, NodeLink node, ChannelConfig channels) {
        return new Builder(config, key, node, channels);
    }

    /** The port it listens on. */
    public int port() {
        return doors.port();
    }

    /** The last tick that the first node ended, as far as it was heard, 0 before the first. */
    public long tick() {
        return agent.tick();
    }

    /**
     * The same of any node.
     *
     * @param node its place among them
     */
    public long tick(int node) {
        return sides.get(node).tick();
    }

    /**
     * Why a player's client did or didn't hold an entity near at a tick, as far as is remembered.
     * Thread-safe; answered in the agent's next round.
     *
     * @param tick {@link Long#MAX_VALUE} for now
     * @return fails with HZ-GW-044 where the player has no session here, HZ-GW-028 when too much is
     *     asked
     */
    public CompletableFuture<Why> why(String player, EntityId entity, long tick) {
        CompletableFuture<Why> answer = new CompletableFuture<>();
        if (!commands.offer(new Commands.Ask(player, entity.value(), tick, answer))) {
            answer.completeExceptionally(
                    new HorizonException(
                            Refusal.BUSY, "the gateway takes no more at this moment: try again"));
        }
        return answer;
    }

    /** What it counts. */
    public GatewayMetrics metrics() {
        return metrics;
    }

    /**
     * From now on envelopes for the first node are checked against this catalogue.
     *
     * @param raw true when a plugin takes envelopes that no plugin declared
     */
    public void catalogue(EventCatalogue catalogue, boolean raw) {
        catalogue(0, catalogue, raw);
    }

    /**
     * The same for another node.
     *
     * @param node its place among them
     */
    public void catalogue(int node, EventCatalogue catalogue, boolean raw) {
        sides.get(node).shapes = new EventShapes(catalogue, raw);
    }

    /**
     * Lets nobody in any more and sends all players to another gateway, where their sessions go on:
     * the node keeps them.
     *
     * @param millisMax to wait for that
     * @return true when all went
     */
    public boolean drain(long millisMax) {
        commands.end(new Commands.Drain());
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        while (!agent.isDrained() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(DRAIN_POLL_MILLIS));
        }
        return agent.isDrained();
    }

    /** Says goodbye to all clients, tells the node, and frees port and threads. Once. */
    @Override
    public void close() {
        if (doors.isClosed()) {
            return;
        }
        doors.stop();
        runner.close();
        doors.close();
        threads.shutdownNow();
    }

    private static InetAddress address(GatewayConfig config) {
        try {
            return InetAddress.getByName(config.bind());
        } catch (UnknownHostException e) {
            throw new HorizonException(
                    Refusal.PORT_TAKEN,
                    "no address is called "
                            + config.bind()
                            + ": set gateway.bind to one of this"
                            + " machine's",
                    e);
        }
    }

    /** What a gateway is made of. */
    public static final class Builder {
        private final GatewayConfig config;
        private final TicketKey key;
        private final List<NodeLink> nodes = new ArrayList<>();
        private final ChannelConfig channels;
        private final List<HttpRoute> routes = new ArrayList<>();
        private final Map<String, String> folders = new LinkedHashMap<>();
        private InstantSource clock = InstantSource.system();
        private ClassLoader loader = Gateway.class.getClassLoader();

        private Builder(
                GatewayConfig config, TicketKey key, NodeLink node, ChannelConfig channels) {
            this.config = config;
            this.key = key;
            this.nodes.add(node);
            this.channels = channels;
            folders.put("/sdk/", "horizon-sdk/");
            folders.put("/webjars/", "META-INF/resources/webjars/");
        }

        /** Adds a node to which sessions may go; players begin at the first. */
        public Builder node(NodeLink other) {
            nodes.add(other);
            return this;
        }

        /** Adds an address. The first route that takes a request answers it. */
        public Builder route(HttpRoute route) {
            routes.add(route);
            return this;
        }

        /**
         * Serves a folder of the class path.
         *
         * @param prefix of the path, such as {@code /}; ends in a slash
         * @param folder such as {@code horizon-pages/}; ends in a slash
         */
        public Builder folder(String prefix, String folder) {
            folders.put(prefix, folder);
            return this;
        }

        /** The loader whose class path has the folders; this class's own by default. */
        public Builder loader(ClassLoader resources) {
            loader = resources;
            return this;
        }

        /** The clock of tickets; the system's by default. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws HorizonException HZ-GW-001 when the address or port can't be had, HZ-GW-005 when
         *     certificate or key can't be used
         */
        public Gateway start() {
            return new Gateway(this);
        }

        private List<HttpRoute> routes(Tickets tickets) {
            List<HttpRoute> all = new ArrayList<>(routes);
            if (key.isDevelopment()) {
                int seconds = config.timeouts().ticketSeconds();
                all.add(
                        HttpRoute.get(
                                "/api/ticket", call -> TicketDesk.issue(tickets, call, seconds)));
            }
            return all;
        }
    }
}
