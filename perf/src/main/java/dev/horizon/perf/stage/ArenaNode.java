package dev.horizon.perf.stage;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TickLogConfig;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.AeronNodeLink;
import dev.horizon.net.gateway.Gateway;
import dev.horizon.net.gateway.GatewayConfig;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.gateway.Tickets;
import dev.horizon.net.streams.Connecting;
import dev.horizon.net.streams.FramePublisher;
import dev.horizon.net.streams.InputStream;
import dev.horizon.net.streams.SessionStream;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.SubscriptionStream;
import dev.horizon.net.streams.TransportConfig;
import dev.horizon.perf.stage.TimedEncoder.TickListener;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/**
 * The arena's node and gateway in this process: tick loop on a thread of its own, streams over IPC,
 * tape recorded, WebSockets on a free port. Wired as {@code horizon up} does it.
 */
public final class ArenaNode implements AutoCloseable {
    private static final int GATEWAY_ID = 1;
    private static final int KEY_BYTES = 32;
    private static final int TICKET_SECONDS = 600;
    private static final long CONNECT_MILLIS_MAX = 10_000;
    private static final long STOP_MILLIS_MAX = 10_000;

    private final Path folder = Files.createTempDirectory("horizon-arena-");
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final String keyText;
    private final TicketKey key;
    private final ChannelConfig channels;
    private final ChannelEncoder encoder;
    private final TimedEncoder timed;
    private final FramePublisher frames;
    private final TickLoop loop;
    private final Gateway gateway;

    /**
     * What is run.
     *
     * @param tickHz of the node
     * @param arena settings of the plugin
     * @param channels section {@code channels}, as the engine binds it
     * @param gateway section {@code gateway}, as the gateway binds it
     */
    public record Plan(
            int tickHz,
            Map<String, Object> arena,
            Map<String, Object> channels,
            Map<String, Object> gateway) {}

    /** Starts it. */
    public ArenaNode(Plan plan, Function<WorldState, TickListener> listener) throws IOException {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        keyText = Base64.getEncoder().encodeToString(secret);
        key = TicketKey.load(true, keyText, folder);
        EmbeddedDriver driver = keep(EmbeddedDriver.start(DriverConfig.at(folder)));
        TransportConfig transport = TransportConfig.ipc();
        StreamAddresses addresses = new StreamAddresses(transport, ArenaWorld.STAR_SYSTEM);
        frames = keep(new FramePublisher(driver.aeron(), addresses));
        SessionStream sessions = keep(new SessionStream(driver.aeron(), addresses));
        InputStream inputs = keep(new InputStream(driver.aeron(), addresses));
        SubscriptionStream subscriptions = keep(new SubscriptionStream(driver.aeron(), addresses));
        ArchiveTickLog tape =
                keep(
                        ArchiveTickLog.open(
                                driver,
                                TickLogConfig.defaults(),
                                new TapeHeader(
                                        1, 1, plan.tickHz(), ArenaWorld.STAR_SYSTEM, "bench")));
        ArenaWorld world = keep(new ArenaWorld(plan.arena(), 1));
        Map<String, Object> channelKeys = new LinkedHashMap<>(plan.channels());
        channelKeys.putIfAbsent("streams-per-tier", transport.streamsPerTier());
        channels = ConfigBinder.bind(ChannelConfig.class, channelKeys, "channels");
        encoder = new ChannelEncoder(world.state(), channels, plan.tickHz());
        timed = new TimedEncoder(encoder, listener.apply(world.state()));
        loop =
                world.loop()
                        .config(TickConfig.standard().at(plan.tickHz()))
                        .inputs(inputs)
                        .tickLog(tape)
                        .frames(timed.timed(frames))
                        .messages(sessions)
                        .subscriptions(subscriptions, encoder.subscriptions())
                        .encoder(timed)
                        .build();
        Thread ticking = Thread.ofPlatform().name("tick").start(loop::run);
        keep(() -> {
            loop.close();
            ticking.join(STOP_MILLIS_MAX);
        });
        gateway = startGateway(plan, driver, addresses, world);
    }

    private Gateway startGateway(
            Plan plan, EmbeddedDriver driver, StreamAddresses addresses, ArenaWorld world) {
        AeronNodeLink link = keep(new AeronNodeLink(driver.aeron(), addresses, GATEWAY_ID));
        Connecting.await("the gateway's streams", CONNECT_MILLIS_MAX, link::isConnected);
        Map<String, Object> keys = new LinkedHashMap<>(plan.gateway());
        keys.put("port", 0);
        GatewayConfig config = ConfigBinder.bind(GatewayConfig.class, keys, "gateway");
        Gateway started = keep(Gateway.with(config, key, link, channels).start());
        started.catalogue(world.catalogue(), world.events().acceptsRaw());
        return started;
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Where players connect. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + gateway.port());
    }

    /** The key that signs tickets, in base64. */
    public String key() {
        return keyText;
    }

    /** A ticket for a player of this process. */
    public String ticket(String player) {
        return new Tickets(key, InstantSource.system()).login(player, TICKET_SECONDS);
    }

    /** What the tick thread spends on replication. */
    public TimedEncoder encoder() {
        return timed;
    }

    /** The loop, for its metrics. */
    public TickLoop loop() {
        return loop;
    }

    /** How the world is cut. */
    public ChannelConfig channels() {
        return channels;
    }

    /** Bytes that the node published so far, all tiers. */
    public long publishedBytes() {
        long sum = 0;
        for (Tier tier : Tier.values()) {
            sum += frames.bytes(tier);
        }
        return sum;
    }

    /** Place rows that the node published so far at a tier. */
    public long publishedPlaceRows(Tier tier) {
        return encoder.counters().placeRows(tier);
    }

    /** A tick's period. */
    public long periodNanos() {
        return loop.metrics().budgetNanos();
    }

    /** Waits for some seconds of ticks. */
    public void run(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }

    @Override
    public void close() {
        CloseHelper.closeAll(parts);
        IoUtil.delete(folder.toFile(), true);
    }
}
