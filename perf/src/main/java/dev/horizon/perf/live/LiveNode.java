package dev.horizon.perf.live;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.ports.SubscriptionSource;
import dev.horizon.engine.tick.TickConfig;
import dev.horizon.engine.tick.TickLoop;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.SnapshotRecorder;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.archive.TickLogConfig;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.streams.Connecting;
import dev.horizon.net.streams.FrameHandler;
import dev.horizon.net.streams.FramePublisher;
import dev.horizon.net.streams.FrameSubscriber;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.TransportConfig;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A node that publishes everything: the demo star system in the real tick loop, every channel of
 * every tier subscribed, frames offered to Aeron streams that another thread drains, ticks recorded
 * by an Archive. Only the gateway is missing. The thread that made it ticks it.
 */
final class LiveNode implements AutoCloseable {
    private static final int GATEWAY_ID = 1;
    private static final long CONNECT_MILLIS_MAX = 10_000;

    private final SolEngine engine;
    private final EmbeddedDriver driver;
    private final FramePublisher frames;
    private final ArchiveTickLog tape;
    private final ChannelEncoder encoder;
    private final AgentRunner drain;
    private final TickLoop loop;
    private final SnapshotRecorder snapshots;
    private boolean isSubscribed;

    LiveNode(int objects, long seed, int threads, Path data) {
        TickConfig config = TickConfig.standard();
        TransportConfig transport = TransportConfig.ipc();
        driver = EmbeddedDriver.start(DriverConfig.at(data));
        StreamAddresses addresses = new StreamAddresses(transport, SolEngine.STAR_SYSTEM);
        frames = new FramePublisher(driver.aeron(), addresses);
        FrameSubscriber subscriber =
                new FrameSubscriber(
                        driver.aeron(), addresses, EnumSet.allOf(Tier.class), new Drain());
        for (Tier tier : Tier.values()) {
            subscriber.watchAll(tier, true);
            Connecting.await(
                    "the frame streams", CONNECT_MILLIS_MAX, () -> frames.isConnected(tier));
        }
        drain =
                new AgentRunner(
                        new BackoffIdleStrategy(1, 1, 1_000, 100_000),
                        Throwable::printStackTrace,
                        null,
                        subscriber);
        AgentRunner.startOnThread(drain);
        TapeHeader header =
                new TapeHeader(seed, 1, config.tickHz(), SolEngine.STAR_SYSTEM, "bench");
        tape = ArchiveTickLog.open(driver, TickLogConfig.defaults(), header);

        engine = new SolEngine(objects, seed, threads, false);
        ChannelConfig channels =
                ConfigBinder.bind(
                        ChannelConfig.class,
                        Map.of("streams-per-tier", transport.streamsPerTier()),
                        "channels");
        encoder =
                new ChannelEncoder(
                        engine.world(), channels, config.tickHz(), engine.schedule().crew());
        loop =
                engine.loop()
                        .config(config)
                        .tickLog(tape)
                        .frames(frames)
                        .subscriptions(this::subscribe, encoder.subscriptions())
                        .encoder(encoder)
                        .build();
        snapshots =
                new SnapshotRecorder(driver, tape, header, new byte[0], TickLogConfig.defaults())
                        .start(loop.snapshots());
    }

    /** Writes the snapshots that are asked for. */
    SnapshotRecorder snapshots() {
        return snapshots;
    }

    /** All channels of all tiers, in the first tick. */
    private int subscribe(SubscriptionSource.SubscriptionHandler handler, int limit) {
        if (isSubscribed) {
            return 0;
        }
        isSubscribed = true;
        int channels = 0;
        for (Tier tier : Tier.values()) {
            for (long id : InterestRules.wholeSystem(tier)) {
                handler.onSubscribe(GATEWAY_ID, id);
                channels++;
            }
        }
        return channels;
    }

    TickLoop loop() {
        return loop;
    }

    SolEngine engine() {
        return engine;
    }

    ChannelEncoder encoder() {
        return encoder;
    }

    /** Bytes of frames that streams took. */
    long publishedBytes() {
        long sum = 0;
        for (Tier tier : Tier.values()) {
            sum += frames.bytes(tier);
        }
        return sum;
    }

    @Override
    public void close() {
        loop.close();
        try {
            snapshots.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        engine.close();
        tape.close();
        drain.close();
        frames.close();
        driver.close();
    }

    /** Frames are to be taken off the streams; what a gateway does with them is its own figure. */
    private static final class Drain implements FrameHandler {
        @Override
        public void onFrame(
                Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {}

        @Override
        public void onStreamMessage(Tier tier, DirectBuffer buffer, int offset, int length) {}
    }
}
