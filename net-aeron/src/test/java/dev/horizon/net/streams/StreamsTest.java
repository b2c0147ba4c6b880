package dev.horizon.net.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.SubscriptionSource.SubscriptionHandler;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.tick.TickLoopBuilder;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.TestDriver;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.schemas.replication.BeaconEncoder;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import dev.horizon.schemas.session.ChannelSubscribeEncoder;
import io.aeron.ExclusivePublication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsTest {
    private static final int FRAME_BYTES =
            MessageHeaderEncoder.ENCODED_LENGTH + FrameEncoder.BLOCK_LENGTH;

    @TempDir static Path directory;
    private static EmbeddedDriver driver;
    private static int starSystems;

    private final StreamAddresses addresses =
            new StreamAddresses(
                    new TransportConfig(
                            TransportKind.IPC,
                            "localhost",
                            "224.0.1",
                            "127.0.0.1",
                            "127.0.0.1",
                            40476,
                            40456,
                            4,
                            256 << 10),
                    "system " + starSystems++);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512 << 10);

    @BeforeAll
    static void start() {
        driver = EmbeddedDriver.start(TestDriver.config(directory));
    }

    @AfterAll
    static void stop() {
        driver.close();
    }

    private void frame(long channelId, long tick) {
        new FrameEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .channelId(channelId)
                .tick(tick);
    }

    /** Remembers what arrived, by channel. */
    private static final class Seen implements FrameHandler {
        private final Map<Long, List<Integer>> lengths = new HashMap<>();
        private int streamMessages;

        @Override
        public void onFrame(Tier tier, long channelId, DirectBuffer frame, int offset, int length) {
            lengths.computeIfAbsent(channelId, id -> new ArrayList<>()).add(length);
        }

        @Override
        public void onStreamMessage(Tier tier, DirectBuffer message, int offset, int length) {
            streamMessages++;
        }

        private int count() {
            return lengths.values().stream().mapToInt(List::size).sum();
        }
    }

    @Test
    void shouldDeliverWatchedChannelsToEverySubscriber() {
        Seen close = new Seen();
        Seen both = new Seen();
        try (FramePublisher publisher = new FramePublisher(driver.aeron(), addresses);
                FrameSubscriber one =
                        new FrameSubscriber(
                                driver.aeron(), addresses, EnumSet.of(Tier.CLOSE), close);
                FrameSubscriber two =
                        new FrameSubscriber(
                                driver.aeron(),
                                addresses,
                                EnumSet.of(Tier.CLOSE, Tier.SENSOR),
                                both)) {
            Connecting.await(
                    "the test's streams",
                    5_000,
                    () ->
                            publisher.isConnected(Tier.CLOSE)
                                    && publisher.isConnected(Tier.SENSOR)
                                    && one.isConnected()
                                    && two.isConnected());
            for (long channel = 0; channel < 20; channel++) {
                one.watch(channel);
                if (channel % 2 == 0) {
                    two.watch(channel);
                }
                frame(channel, 1);
                assertThat(publisher.offer(Tier.CLOSE, channel, buffer, 0, FRAME_BYTES)).isTrue();
            }
            two.watchAll(Tier.SENSOR, true);
            frame(99, 1);
            assertThat(publisher.offer(Tier.SENSOR, 99, buffer, 0, FRAME_BYTES)).isTrue();
            TestDriver.await("20 frames", () -> one.doWork() >= 0 && close.count() == 20);
            TestDriver.await("11 frames", () -> two.doWork() >= 0 && both.count() == 11);
            assertThat(both.lengths).containsKey(99L).doesNotContainKey(1L);
            assertThat(two.received().framesBeyondNeed()).isEqualTo(10);
            assertThat(two.received().bytesBeyondNeed()).isEqualTo(10 * FRAME_BYTES);
            assertThat(two.received().frames()).isEqualTo(21);
            assertThat(two.framesOf(1)).as("watched or not").isEqualTo(21);
            assertThat(two.framesOf(2)).isZero();
            one.unwatch(3);
            frame(3, 2);
            publisher.offer(Tier.CLOSE, 3, buffer, 0, FRAME_BYTES);
            TestDriver.await(
                    "a filtered frame",
                    () -> one.doWork() >= 0 && one.received().framesBeyondNeed() == 1);
            assertThat(publisher.frames(Tier.CLOSE)).isEqualTo(21);
            assertThat(publisher.bytes(Tier.SENSOR)).isEqualTo(FRAME_BYTES);
            assertThat(publisher.isConnected(Tier.LOW)).isFalse();
            assertThat(publisher.offer(Tier.LOW, 1, buffer, 0, FRAME_BYTES)).isFalse();
        }
    }

    @Test
    void shouldRefuseWhileASubscriberPausesAndLoseNothing() {
        Seen seen = new Seen();
        try (FramePublisher publisher = new FramePublisher(driver.aeron(), addresses);
                FrameSubscriber subscriber =
                        new FrameSubscriber(
                                driver.aeron(), addresses, EnumSet.of(Tier.CLOSE), seen)) {
            TestDriver.await(
                    "streams", () -> publisher.isConnected(Tier.CLOSE) && subscriber.isConnected());
            subscriber.watch(5);
            frame(5, 1);
            int taken = 0;
            while (publisher.offer(Tier.CLOSE, 5, buffer, 0, 1_000)) {
                assertThat(++taken).as("a bound").isLessThan(1_000);
            }
            int before = taken;
            assertThat(before).isGreaterThan(10);
            assertThat(publisher.refused(Tier.CLOSE)).isEqualTo(1);
            TestDriver.await("frames", () -> subscriber.doWork() >= 0 && seen.count() == before);
            TestDriver.await("room", () -> publisher.offer(Tier.CLOSE, 5, buffer, 0, 1_000));
        }
    }

    @Test
    void shouldAssembleLargeFramesRefuseLargerOnesAndHandOnBeacons() {
        Seen seen = new Seen();
        StreamAddresses wide =
                new StreamAddresses(TransportConfig.ipc(), "wide system " + starSystems++);
        try (FramePublisher publisher = new FramePublisher(driver.aeron(), wide);
                FrameSubscriber subscriber =
                        new FrameSubscriber(driver.aeron(), wide, EnumSet.of(Tier.MEDIUM), seen)) {
            TestDriver.await(
                    "streams",
                    () -> publisher.isConnected(Tier.MEDIUM) && subscriber.isConnected());
            subscriber.watch(-1);
            frame(-1, 1);
            int longest = publisher.frameLengthMax();
            assertThat(longest)
                    .isEqualTo(32 << 10)
                    .isGreaterThanOrEqualTo(ChannelConfig.standard().maxFrameBytes());
            assertThat(publisher.offer(Tier.MEDIUM, -1, buffer, 0, longest + 1)).isFalse();
            assertThat(publisher.offer(Tier.MEDIUM, -1, buffer, 0, longest)).isTrue();
            new BeaconEncoder()
                    .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                    .tick(2)
                    .channelsCount(0);
            assertThat(publisher.offer(Tier.MEDIUM, -1, buffer, 0, 20)).isTrue();
            TestDriver.await(
                    "frame and beacon",
                    () -> subscriber.doWork() >= 0 && seen.count() + seen.streamMessages == 2);
            assertThat(seen.lengths.get(-1L)).containsExactly(longest);
        }
    }

    @Test
    void shouldLeaveInputsThatATickDoesNotTake() {
        try (InputStream node = new InputStream(driver.aeron(), addresses);
                InputPublisher gateway = new InputPublisher(driver.aeron(), addresses)) {
            TestDriver.await("streams", () -> gateway.isConnected() && node.gateways() == 1);
            for (int i = 0; i < 10; i++) {
                buffer.putInt(0, i);
                // The last ones need assembling.
                assertThat(gateway.offer(buffer, 0, i < 9 ? 8 : 20_000)).isTrue();
            }
            List<Integer> taken = new ArrayList<>();
            assertThat(node.poll((b, o, l) -> taken.add(b.getInt(o)), 4)).isEqualTo(4);
            assertThat(node.poll((b, o, l) -> false, 100)).isZero();
            assertThat(node.poll((b, o, l) -> taken.size() < 6 && taken.add(b.getInt(o)), 100))
                    .isEqualTo(2);
            TestDriver.await(
                    "the rest",
                    () -> {
                        node.poll((b, o, l) -> taken.add(b.getInt(o)), 100);
                        return taken.size() == 10;
                    });
            assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(node.poll((b, o, l) -> true, 100)).isZero();
        }
    }

    @Test
    void shouldTellWhatGatewaysWatchAndWhenTheyAreGone() {
        List<String> told = new ArrayList<>();
        SubscriptionHandler handler =
                new SubscriptionHandler() {
                    @Override
                    public void onSubscribe(int gatewayId, long channelId) {
                        told.add(gatewayId + " watches " + channelId);
                    }

                    @Override
                    public void onUnsubscribe(int gatewayId, long channelId) {
                        told.add(gatewayId + " leaves " + channelId);
                    }

                    @Override
                    public void onKeyframeRequest(int gatewayId, long channelId) {
                        told.add(gatewayId + " lost " + channelId);
                    }

                    @Override
                    public void onGatewayGone(int gatewayId) {
                        told.add(gatewayId + " is gone");
                    }
                };
        try (SubscriptionStream node = new SubscriptionStream(driver.aeron(), addresses);
                SubscriptionPublisher one =
                        new SubscriptionPublisher(driver.aeron(), addresses, 1);
                SubscriptionPublisher two =
                        new SubscriptionPublisher(driver.aeron(), addresses, 2)) {
            TestDriver.await(
                    "streams", () -> one.isConnected() && two.isConnected() && node.isConnected());
            assertThat(one.subscribe(-5)).isTrue();
            assertThat(one.requestKeyframe(-5)).isTrue();
            assertThat(one.unsubscribe(-5)).isTrue();
            assertThat(two.subscribe(7)).isTrue();
            TestDriver.await("four changes", () -> node.poll(handler, 10) >= 0 && told.size() == 4);
            assertThat(told)
                    .containsSubsequence("1 watches -5", "1 lost -5", "1 leaves -5")
                    .contains("2 watches 7");
            two.close();
            TestDriver.await("the end", () -> node.poll(handler, 10) >= 0 && told.size() == 5);
            assertThat(told.getLast()).isEqualTo("2 is gone");
            assertThat(node.gateways()).isEqualTo(1);
        }
    }

    /** One that knows no levels would take the parts of a cell for other cells. */
    @ParameterizedTest
    @CsvSource({"1, 1024, 0", "1, 0, 1", "2, 1024, 1"})
    void shouldRefuseAGatewayThatWouldMisreadSplitCells(
            int version, int splitAbove, int subscribed) {
        ChannelConfig config =
                ConfigBinder.bind(
                        ChannelConfig.class,
                        Map.of("split-above", splitAbove, "merge-below", 0),
                        "channels");
        try (WorldState world = WorldState.create(1, TickLoopBuilder.COMPONENTS);
                SubscriptionStream node = new SubscriptionStream(driver.aeron(), addresses);
                ExclusivePublication gateway =
                        driver.aeron()
                                .addExclusivePublication(
                                        addresses.subscriptions(),
                                        addresses.subscriptionStream())) {
            ChannelEncoder encoder = new ChannelEncoder(world, config, 20);
            new ChannelSubscribeEncoder()
                    .wrapAndApplyHeader(
                            buffer, 0, new dev.horizon.schemas.session.MessageHeaderEncoder())
                    .gatewayId(1)
                    .channelId(ChannelId.of(SizeClass.CRAFT, Tier.LOW, 0, 0, 0));
            new dev.horizon.schemas.session.MessageHeaderEncoder().wrap(buffer, 0).version(version);
            int length = 8 + ChannelSubscribeEncoder.BLOCK_LENGTH;
            TestDriver.await("it is said", () -> gateway.offer(buffer, 0, length) > 0);
            TestDriver.await("it came", () -> node.poll(encoder.subscriptions(), 10) > 0);
            assertThat(encoder.subscribedChannels()).isEqualTo(subscribed);
            assertThat(encoder.counters().refusedSubscriptions()).isEqualTo(1 - subscribed);
        }
    }

    @Test
    void shouldSendSessionMessagesToEveryGateway() {
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        try (SessionStream node = new SessionStream(driver.aeron(), addresses)) {
            buffer.putInt(0, 1);
            assertThat(node.offer(buffer, 0, 4)).isTrue();
            assertThat(node.unheard()).isEqualTo(1);
            try (SessionSubscriber one =
                            new SessionSubscriber(
                                    driver.aeron(), addresses, (b, o, l) -> first.add(l));
                    SessionSubscriber two =
                            new SessionSubscriber(
                                    driver.aeron(), addresses, (b, o, l) -> second.add(l))) {
                TestDriver.await(
                        "streams",
                        () -> node.isConnected() && one.isConnected() && two.isConnected());
                assertThat(node.offer(buffer, 0, 4)).isTrue();
                assertThat(node.offer(buffer, 0, node.messageLengthMax())).isTrue();
                TestDriver.await("two", () -> one.poll(10) >= 0 && first.size() == 2);
                TestDriver.await("two", () -> two.poll(10) >= 0 && second.size() == 2);
                assertThat(second).containsExactly(4, node.messageLengthMax());
                int taken = 0;
                while (node.offer(buffer, 0, 1_000)) {
                    assertThat(++taken).as("a bound").isLessThan(1_000);
                }
            }
        }
    }

    @Test
    void shouldAllocateNothingWhenPublishingAndPolling() {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[200]);
        FrameHandler ignore =
                new FrameHandler() {
                    @Override
                    public void onFrame(
                            Tier tier, long channelId, DirectBuffer b, int offset, int length) {}

                    @Override
                    public void onStreamMessage(
                            Tier tier, DirectBuffer b, int offset, int length) {}
                };
        try (FramePublisher publisher = new FramePublisher(driver.aeron(), addresses);
                FrameSubscriber subscriber =
                        new FrameSubscriber(driver.aeron(), addresses, Set.of(Tier.CLOSE), ignore);
                InputStream node = new InputStream(driver.aeron(), addresses);
                InputPublisher gateway = new InputPublisher(driver.aeron(), addresses)) {
            TestDriver.await(
                    "streams",
                    () ->
                            publisher.isConnected(Tier.CLOSE)
                                    && subscriber.isConnected()
                                    && node.gateways() == 1);
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean)
                            java.lang.management.ManagementFactory.getThreadMXBean();
            dev.horizon.engine.ports.InputSource.InputHandler take = (b, o, l) -> true;
            long allocated = Long.MAX_VALUE;
            // The virtual machine itself may allocate on our thread while it compiles.
            for (int round = 0; round < 20 && allocated > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 2_000; i++) {
                    publisher.offer(Tier.CLOSE, i, frame, 0, 200);
                    subscriber.doWork();
                    gateway.offer(frame, 0, 200);
                    node.poll(take, 10);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).isZero();
        }
    }

    @Test
    void shouldSpreadChannelsAndSeparateStarSystems() {
        int[] channels = new int[8];
        for (long channel = 0; channel < 8_000; channel++) {
            channels[ChannelId.stream(channel << 20, 8)]++;
        }
        for (int count : channels) {
            assertThat(count).isBetween(850, 1_150);
        }
        TransportConfig udp = TransportConfig.multicast("localhost", 40_500);
        StreamAddresses sol = new StreamAddresses(udp, "sol");
        StreamAddresses vega = new StreamAddresses(udp, "vega");
        assertThat(sol.frameStream(Tier.LOW, 3)).isNotEqualTo(vega.frameStream(Tier.LOW, 3));
        assertThat(sol.frames(Tier.LOW))
                .isNotEqualTo(sol.frames(Tier.CLOSE))
                .contains("interface=localhost")
                .contains("fc=max")
                .matches(".*endpoint=224\\.0\\.1\\.\\d*[13579]:40502\\|.*");
    }

    @Test
    void shouldSayWhoDidNotConnect() {
        assertThatThrownBy(() -> Connecting.await("the gateway's streams", 1, () -> false))
                .hasMessageContaining("the gateway's streams")
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo("HZ-STR-001");
    }

    @Test
    void shouldRefuseATransportThatCantWork() {
        assertThatThrownBy(() ->
                        new TransportConfig(
                                TransportKind.IPC, "lo", "224.0.1", "h", "g", 1, 1, 0, 1 << 20))
                .hasMessageContaining("streams-per-tier");
        assertThatThrownBy(() ->
                        new TransportConfig(
                                TransportKind.IPC, "lo", "224.0.1", "h", "g", 1, 1, 8, 3 << 20))
                .hasMessageContaining("term-length-bytes");
        assertThatThrownBy(() -> TransportConfig.multicast("lo", 65_530))
                .hasMessageContaining("port");
    }
}
