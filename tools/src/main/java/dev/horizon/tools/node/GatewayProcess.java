package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.Gateway;
import dev.horizon.net.gateway.GatewayMetrics;
import dev.horizon.net.gateway.HttpCall;
import dev.horizon.net.gateway.HttpReply;
import dev.horizon.net.gateway.HttpRoute;
import dev.horizon.net.gateway.NodeTerms;
import dev.horizon.net.gateway.RemoteNode;
import dev.horizon.net.streams.FrameSubscriber;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.live.Exposition;
import dev.horizon.tools.live.GatewayPage;
import dev.horizon.tools.live.HeardNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway in a process of its own: sockets and caches, and nodes elsewhere, which may come, go
 * and come back. Players begin at the first, and go with their ships to the others. Started and
 * closed by one thread; everything else may be called by any.
 */
public final class GatewayProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HorizonConfig config;
    private final ClosingStack parts = new ClosingStack();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<List<NodeAddress>> addresses;
    private final List<RemoteNode> nodes = new ArrayList<>();
    private final GatewayPage page = new GatewayPage(this::counts, this::heardNodes);
    private final Gateway gateway;
    private volatile @Nullable Gateway started;

    /** What each node said of itself first, and what it said last. */
    private final Map<Integer, NodeTerms> heard = new TreeMap<>();

    private final Map<Integer, NodeTerms> latest = new TreeMap<>();
    private volatile @Nullable HorizonException fault;
    private volatile boolean isDraining;

    private GatewayProcess(HorizonConfig config) {
        this.config = config;
        CountDownLatch startEnded = new CountDownLatch(1);
        try {
            parts.add(VirtualMachineEnd.closes(parts, startEnded));
            parts.add((AutoCloseable) ended::countDown);
            parts.add(HeapUpkeep.start());
            addresses = NodeAddress.parseNodes("gateway.node", config.gateway().node());
            var key = Keys.ofGateway(config);
            EmbeddedDriver driver =
                    parts.add(
                            EmbeddedDriver.start(
                                    DriverConfig.at(folder(config))
                                            .withoutShutdownHook()
                                            .withoutArchive()));
            int id = config.gateway().id() == 0 ? anyId() : config.gateway().id();
            for (List<NodeAddress> each : addresses) {
                nodes.add(parts.add(node(driver, each, id, nodes.size())));
            }
            Gateway.Builder builder =
                    Gateway.with(
                            config.gatewayConfig().withId(id),
                            key,
                            nodes.getFirst(),
                            ChannelConfig.standard());
            nodes.stream().skip(1).forEach(builder::node);
            builder.route(HttpRoute.get("/health", this::health))
                    .route(HttpRoute.get("/metrics", this::metrics));
            gateway = parts.add(builder.start());
            started = gateway;
            tell();
            parts.add((AutoCloseable) this::drain);
        } catch (RuntimeException | Error e) {
            parts.abandon();
            throw e;
        } finally {
            startEnded.countDown();
        }
    }

    /**
     * Starts; returns once clients can connect. They are let in while the node is heard, which may
     * come later, go and come back.
     *
     * @throws HorizonException with the code of what was in the way; nothing is left running then
     */
    public static GatewayProcess start(HorizonConfig config) {
        return new GatewayProcess(config);
    }

    private RemoteNode node(EmbeddedDriver driver, List<NodeAddress> addresses, int id, int place) {
        return new RemoteNode(
                driver.aeron(),
                addresses.stream()
                        .map(one -> new RemoteNode.Address(one.host(), one.port()))
                        .toList(),
                config.streams().networkInterface(),
                id,
                terms -> learn(place, terms),
                SystemNanoClock.INSTANCE);
    }

    /** A folder for each gateway of a machine: told apart by their ports, or their processes. */
    private static Path folder(HorizonConfig config) {
        int port = config.node().port();
        String name = port == 0 ? "process-" + ProcessHandle.current().pid() : "port-" + port;
        return config.node().dataDir().resolve("gateways").resolve(name);
    }

    /** Beyond the small numbers that people give. */
    private static int anyId() {
        return ThreadLocalRandom.current().nextInt(1 << 16, Integer.MAX_VALUE);
    }

    /** The agent of the gateway hears the node: maybe before the gateway is known here. */
    private synchronized void learn(int place, NodeTerms said) {
        NodeTerms first = heard.computeIfAbsent(place, key -> said);
        boolean isSame =
                said.channels().equals(first.channels())
                        && said.tickHz() == first.tickHz()
                        && said.starSystem().equals(first.starSystem());
        if (!isSame) {
            fault =
                    new HorizonException(
                            "HZ-STR-008",
                            "the node came back with other channels, another rate or another star"
                                    + " system than this gateway has heard of it before; start the"
                                    + " gateway again");
            ended.countDown();
            return;
        }
        latest.put(place, said);
        tell();
    }

    private synchronized void tell() {
        Gateway to = started;
        if (to != null) {
            latest.forEach((place, said) -> to.catalogue(place, said.catalogue(), said.raw()));
        }
    }

    /** 200 while the first node is heard and players are let in, else 503. */
    private HttpReply health(HttpCall call) {
        Map<String, Object> body = new LinkedHashMap<>();
        RemoteNode node = nodes.getFirst();
        boolean isThere = node.epoch() != 0;
        boolean isHealthy = isThere && !isDraining;
        NodeTerms known = node.terms();
        Gateway asked = started;
        GatewayMetrics.Snapshot counts = counts();
        body.put("healthy", isHealthy);
        body.put("node", isThere ? "there" : "away");
        body.put("nodesThere", nodes.stream().filter(each -> each.epoch() != 0).count());
        body.put("draining", isDraining);
        body.put("starSystem", known == null ? "" : known.starSystem());
        body.put("transport", known == null ? "" : known.transport().kind());
        body.put("tick", asked == null ? 0 : asked.tick());
        if (counts != null) {
            body.put("sessions", counts.sessions());
            body.put("messagesOut", counts.messagesOut());
            body.put("nothingNew", counts.nothingNew());
        }
        body.put("received", received(nodes.getFirst()));
        return HttpReply.json(isHealthy ? 200 : 503, JSON.writeValueAsString(body));
    }

    private HttpReply metrics(HttpCall call) {
        byte[] text = page.exposition().getBytes(StandardCharsets.UTF_8);
        return new HttpReply(200, Exposition.CONTENT_TYPE, text, Map.of());
    }

    private GatewayMetrics.@Nullable Snapshot counts() {
        Gateway asked = started;
        return asked == null ? null : asked.metrics().snapshot();
    }

    private List<HeardNode> heardNodes() {
        Gateway asked = started;
        List<HeardNode> heardNodes = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            RemoteNode node = nodes.get(i);
            heardNodes.add(
                    new HeardNode(
                            addresses.get(i).stream()
                                    .map(one -> one.host() + ":" + one.port())
                                    .collect(Collectors.joining(",")),
                            node.epoch() != 0,
                            asked == null ? 0 : asked.tick(i),
                            received(node)));
        }
        return heardNodes;
    }

    private static Map<Tier, FrameSubscriber.Received> received(RemoteNode node) {
        Map<Tier, FrameSubscriber.Received> tiers = new EnumMap<>(Tier.class);
        for (Tier tier : Tier.values()) {
            tiers.put(tier, node.received(tier));
        }
        return tiers;
    }

    private void drain() {
        isDraining = true;
        gateway.drain(config.gateway().drainTimeout().toMillis());
    }

    /** Where clients connect. */
    public String address() {
        return config.address(gateway.port());
    }

    /** True while the first node is heard. */
    public boolean isNodeThere() {
        return nodes.getFirst().epoch() != 0;
    }

    /**
     * Waits until it is closed.
     *
     * @throws HorizonException HZ-STR-008 when the node came back as another
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        HorizonException cause = fault;
        if (cause != null) {
            throw cause;
        }
    }

    /** Sends the players elsewhere, then stops. */
    @Override
    public void close() {
        parts.close();
    }
}
