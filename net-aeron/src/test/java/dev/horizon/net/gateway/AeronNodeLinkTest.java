package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.ports.SubscriptionSource.SubscriptionHandler;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.TestDriver;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.streams.FramePublisher;
import dev.horizon.net.streams.InputStream;
import dev.horizon.net.streams.SessionStream;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.SubscriptionStream;
import dev.horizon.net.streams.TransportConfig;
import dev.horizon.net.streams.TransportKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway over a real media driver: what a client sends arrives, and what a node says, too. */
class AeronNodeLinkTest {
    private static final Duration SOON = Duration.ofSeconds(120);

    private static final StreamAddresses ADDRESSES =
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
                    "sol");

    @TempDir private Path folder;

    @Test
    void shouldJoinClientsToANodeOverAeron() throws Exception {
        try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(folder));
                NodeEnd node = new NodeEnd(driver, ADDRESSES);
                AeronNodeLink link = new AeronNodeLink(driver.aeron(), ADDRESSES, 1)) {
            TestDriver.await("all streams are connected", link::isConnected);
            TicketKey key = TicketKey.load(false, null, folder.resolve("key"));
            try (Gateway gateway =
                    Gateway.with(GatewayConfig.defaults(), key, link, ChannelConfig.standard())
                            .start()) {
                play(URI.create("http://127.0.0.1:" + gateway.port()), node.fake);
            }
            TestDriver.await("the session ended", () -> !node.fake.of("closed").isEmpty());
        }
    }

    @Test
    void shouldJoinAgainAndBeWholeAfterItsAgentWasAwayForMoreThanASecond() throws Exception {
        AtomicLong awayNanos = new AtomicLong();
        NanoClock clock = () -> System.nanoTime() + awayNanos.get();
        String ask = "?" + Long.toHexString(GatewayRig.NEAR);
        ReplicaView view = ReplicaView.watching(id -> {});
        view.watch(GatewayRig.NEAR);
        try (EmbeddedDriver driver = EmbeddedDriver.start(TestDriver.config(folder));
                NodeEnd node = new NodeEnd(driver, ADDRESSES);
                AeronNodeLink link = new AeronNodeLink(driver.aeron(), ADDRESSES, 1, clock)) {
            TestDriver.await("the link", link::isConnected);
            BooleanSupplier isSubscribed =
                    () -> poll(link, view) && link.subscribe(1, GatewayRig.NEAR);
            TestDriver.await("the tier is joined", isSubscribed);
            node.fake.frame(GatewayRig.NEAR, 1, true, 0);
            TestDriver.await("a frame", () -> poll(link, view) && view.lastTick() == 201);
            assertThat(link.joins(Tier.LOW)).isEqualTo(1);

            awayNanos.set(1_500_000_000L);
            TestDriver.await(
                    "it asks", () -> poll(link, view) && node.fake.subscriptions.contains(ask));
            assertThat(link.joins(Tier.LOW)).isEqualTo(2);
            // The link may ask before its new image is there: a node answers as often as it is
            // asked.
            TestDriver.await(
                    "the keyframe",
                    () -> {
                        node.fake.frame(GatewayRig.NEAR, 9, true, 0);
                        return poll(link, view) && view.lastTick() > 201;
                    });
            node.fake.frame(GatewayRig.NEAR, 10, false, 0);
            long last = node.fake.frameTick.get();
            TestDriver.await("what follows", () -> poll(link, view) && view.lastTick() == last);
            assertThat(view.isWhole(GatewayRig.NEAR)).isTrue();
        }
    }

    private static boolean poll(AeronNodeLink link, ReplicaView view) {
        link.pollFrames((buffer, offset, length) -> view.apply(buffer, offset, length), 16);
        return true;
    }

    private static void play(URI server, FakeNode fake) {
        LiveReplica replica = new LiveReplica();
        try (HorizonClient ada =
                HorizonClient.connect(
                        server, "Ada", HorizonClient.ticket(server, "Ada"), replica)) {
            assertThat(ada.welcome().starSystem()).isEqualTo("sol");
            fake.focus(fake.sessionByPlayer.get("Ada"), 1, 2, 3);
            assertThat(ada.await("session", "focus", SOON).data().path("entity").asString())
                    .isEqualTo("1:7");
            String near = "+" + Long.toHexString(GatewayRig.NEAR);
            TestDriver.await("it subscribes", () -> fake.subscriptions.contains(near));
            fake.frame(GatewayRig.NEAR, 1, true, 0);
            assertThat(replica.await(view -> view.isWhole(GatewayRig.NEAR), SOON)).isTrue();
            assertThat(replica.faults()).isZero();
            ada.send("session", "observe", "{\"tier\":\"SENSOR\"}");
            String observed = "+" + Long.toHexString(ChannelId.whole(SizeClass.CRAFT, Tier.SENSOR));
            TestDriver.await("it observes", () -> fake.subscriptions.contains(observed));
            fake.frame(GatewayRig.FAR, 1, true, 0);
            assertThat(replica.await(view -> view.isWhole(GatewayRig.FAR), SOON)).isTrue();
        }
    }

    /** The node's ends of the streams, pumped into a fake. */
    private static final class NodeEnd implements AutoCloseable {
        final FakeNode fake = new FakeNode();
        private final FramePublisher frames;
        private final SessionStream sessions;
        private final InputStream inputs;
        private final SubscriptionStream subscriptions;
        private final Thread pump;
        private volatile boolean running = true;

        NodeEnd(EmbeddedDriver driver, StreamAddresses addresses) {
            frames = new FramePublisher(driver.aeron(), addresses);
            sessions = new SessionStream(driver.aeron(), addresses);
            inputs = new InputStream(driver.aeron(), addresses);
            subscriptions = new SubscriptionStream(driver.aeron(), addresses);
            pump = Thread.ofPlatform().name("node-end").start(this::run);
        }

        private void run() {
            SubscriptionHandler toFake = new ToFake(fake);
            while (running) {
                int work = inputs.poll(fake::offerInput, 16);
                work += subscriptions.poll(toFake, 16);
                work += fake.pollSessions(sessions::offer, 16);
                work +=
                        fake.pollFrames(
                                (buffer, offset, length) -> {
                                    long channelId = buffer.getLong(offset + 8);
                                    Tier tier = ChannelId.tier(channelId);
                                    frames.offer(tier, channelId, buffer, offset, length);
                                },
                                16);
                if (work == 0) {
                    LockSupport.parkNanos(200_000);
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            running = false;
            pump.join();
            subscriptions.close();
            inputs.close();
            sessions.close();
            frames.close();
        }
    }

    private record ToFake(FakeNode fake) implements SubscriptionHandler {
        @Override
        public void onSubscribe(int gatewayId, long channelId) {
            fake.subscribe(gatewayId, channelId);
        }

        @Override
        public void onUnsubscribe(int gatewayId, long channelId) {
            fake.unsubscribe(gatewayId, channelId);
        }

        @Override
        public void onKeyframeRequest(int gatewayId, long channelId) {
            fake.requestKeyframe(gatewayId, channelId);
        }

        @Override
        public void onGatewayGone(int gatewayId) {}
    }
}
