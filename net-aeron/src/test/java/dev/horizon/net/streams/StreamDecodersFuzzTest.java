package dev.horizon.net.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.ports.SubscriptionSource.SubscriptionHandler;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.fuzz.Fuzz;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.session.ChannelSubscribeEncoder;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import dev.horizon.schemas.session.NodePresenceEncoder;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever bytes come over the streams between node and gateways, who polls them takes a message,
 * or leaves it, and never throws: Aeron would swallow that.
 */
class StreamDecodersFuzzTest {
    /** A message of some dozen bytes, and what the driver's client makes while it is carried. */
    private static final long ALLOCATED_MAX = 256 << 10;

    private static final StreamAddresses ADDRESSES =
            new StreamAddresses(TransportConfig.ipc(), "fuzzed");

    @TempDir private Path folder;
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private EmbeddedDriver driver;
    private Aeron aeron;

    @BeforeEach
    void start() {
        driver = EmbeddedDriver.start(TestDriver.config(folder));
        aeron =
                Aeron.connect(
                        new Aeron.Context()
                                .aeronDirectoryName(driver.aeron().context().aeronDirectoryName())
                                .errorHandler(thrown::add));
    }

    @AfterEach
    void stop() {
        aeron.close();
        driver.close();
    }

    @Test
    void shouldTakeOrCountWhateverComesAsASubscription() {
        int[] taken = new int[3];
        SubscriptionHandler handler =
                new SubscriptionHandler() {
                    @Override
                    public void onSubscribe(int gatewayId, long channelId) {
                        taken[channelId == 77 ? 2 : 0]++;
                    }

                    @Override
                    public void onUnsubscribe(int gatewayId, long channelId) {
                        taken[0]++;
                    }

                    @Override
                    public void onKeyframeRequest(int gatewayId, long channelId) {
                        taken[0]++;
                    }

                    @Override
                    public void onGatewayGone(int gatewayId) {}

                    @Override
                    public void onMalformed() {
                        taken[1]++;
                    }
                };
        try (SubscriptionStream node = new SubscriptionStream(aeron, ADDRESSES);
                ExclusivePublication from =
                        aeron.addExclusivePublication(
                                ADDRESSES.subscriptions(), ADDRESSES.subscriptionStream())) {
            fuzz("subscriptions", from, subscribe(5), () -> node.poll(handler, 64));
            assertThat(taken[0]).as("taken").isPositive();
            assertThat(taken[1]).as("counted").isPositive();
            int before = taken[2];
            say(from, subscribe(77), () -> node.poll(handler, 64), () -> taken[2] == before + 1);
        }
    }

    @Test
    void shouldHandOnFramesAndLeaveTheRestToWhoReadsIt() {
        long channel = ChannelId.of(SizeClass.CRAFT, Tier.LOW, 0, 0, 0);
        int[] taken = new int[2];
        FrameHandler handler =
                new FrameHandler() {
                    @Override
                    public void onFrame(
                            Tier tier, long channelId, DirectBuffer b, int offset, int length) {
                        taken[0]++;
                    }

                    @Override
                    public void onStreamMessage(Tier tier, DirectBuffer b, int o, int length) {
                        taken[1]++;
                    }
                };
        UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        new FrameEncoder()
                .wrapAndApplyHeader(
                        out, 0, new dev.horizon.schemas.replication.MessageHeaderEncoder())
                .channelId(channel)
                .tick(9);
        byte[] frame = Arrays.copyOf(out.byteArray(), 8 + FrameEncoder.BLOCK_LENGTH);
        int index = ChannelId.stream(channel, ADDRESSES.streamsPerTier());
        try (FrameSubscriber gateway =
                        new FrameSubscriber(aeron, ADDRESSES, EnumSet.of(Tier.LOW), handler);
                ExclusivePublication from =
                        aeron.addExclusivePublication(
                                ADDRESSES.frames(Tier.LOW),
                                ADDRESSES.frameStream(Tier.LOW, index))) {
            gateway.watch(channel);
            fuzz("frames", from, frame, gateway::doWork);
            assertThat(taken[0]).as("frames").isPositive();
            assertThat(taken[1]).as("others").isPositive();
            int before = taken[0];
            say(from, frame, gateway::doWork, () -> taken[0] == before + 1);
        }
    }

    @Test
    void shouldHearANodeWhateverElseIsSaid() throws IOException {
        byte[] terms = {'{', '}'};
        UnsafeBuffer out = new UnsafeBuffer(new byte[128]);
        NodePresenceEncoder presence =
                new NodePresenceEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                        .incarnation(3)
                        .tick(9)
                        .hash(11)
                        .putTerms(terms, 0, terms.length);
        byte[] said = Arrays.copyOf(out.byteArray(), 8 + presence.encodedLength());
        int port = freePort();
        try (PresenceSubscriber gateway = new PresenceSubscriber(aeron, "127.0.0.1", port);
                ExclusivePublication from =
                        aeron.addExclusivePublication(
                                StreamAddresses.presence("127.0.0.1", port),
                                StreamAddresses.presenceStream())) {
            int[] heard = new int[1];
            Runnable poll = () -> heard[0] += gateway.poll(1) ? 1 : 0;
            fuzz("presence", from, said, poll);
            assertThat(heard[0]).as("heard").isPositive();
            presence.tick(4_321);
            say(
                    from,
                    Arrays.copyOf(out.byteArray(), said.length),
                    poll,
                    () -> gateway.tick() == 4_321);
        }
        assertThat(thrown).isEmpty();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static byte[] subscribe(long channelId) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        ChannelSubscribeEncoder wish =
                new ChannelSubscribeEncoder()
                        .wrapAndApplyHeader(out, 0, new MessageHeaderEncoder())
                        .gatewayId(1)
                        .channelId(channelId);
        return Arrays.copyOf(out.byteArray(), 8 + wish.encodedLength());
    }

    private void fuzz(String name, ExclusivePublication to, byte[] valid, Runnable poll) {
        TestDriver.await("the stream", to::isConnected);
        Fuzz.of(name, List.of(valid))
                .allocatingAtMost(ALLOCATED_MAX)
                .run(message -> {
                    say(to, message, poll, () -> true);
                    assertThat(thrown).isEmpty();
                    return true;
                });
    }

    private static void say(
            ExclusivePublication to, byte[] message, Runnable poll, BooleanSupplier until) {
        UnsafeBuffer bytes = new UnsafeBuffer(message);
        TestDriver.await(
                "it is taken",
                () -> {
                    poll.run();
                    return to.offer(bytes, 0, message.length) > 0;
                });
        TestDriver.await(
                "it came",
                () -> {
                    poll.run();
                    return until.getAsBoolean();
                });
    }
}
