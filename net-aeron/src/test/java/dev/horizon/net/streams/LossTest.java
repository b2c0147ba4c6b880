package dev.horizon.net.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.channels.ChannelEncoder;
import dev.horizon.engine.channels.InterestRules;
import dev.horizon.engine.channels.ReplicaEntity;
import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A receiver whose datagrams are lost: it knows within a second, and is whole within two. In ticks,
 * of which 20 are a second; what Aeron sends again by itself is part of it.
 */
class LossTest {
    private static final int TICK_HZ = 20;
    private static final int SHIPS = 40;
    private static final int LOSSY_TICKS = 80;
    private static final int SECOND = TICK_HZ;

    /** CLOSE's error bound, and the rounding of a place. */
    private static final double BOUND_METRES = 0.25 + 0.13;

    /** So many polls, a fraction of a millisecond apart, let a tick's datagrams come through. */
    private static final int POLLS_PER_TICK = 40;

    @TempDir Path folder;
    private final Loss loss = new Loss();
    private final WorldState world = WorldState.create(1, List.of());
    private final ChannelConfig channels = ChannelConfig.standard();
    private final ChannelEncoder encoder = new ChannelEncoder(world, channels, TICK_HZ);
    private final List<EntityId> ships = new ArrayList<>();
    private final double[][] velocity = new double[SHIPS][2];

    /** Drops what comes in at a rate, seeded, or all of it. */
    private static final class Loss implements LossGenerator {
        private final Random random = new Random(42);
        private volatile double rate;
        private volatile long dropped;

        @Override
        public boolean shouldDropFrame(InetSocketAddress from, UnsafeBuffer buffer, int length) {
            boolean isDropped = rate > 0 && random.nextDouble() < rate;
            if (isDropped) {
                dropped++;
            }
            return isDropped;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNICAST, 0.05", "UNICAST, 0.2", "UNICAST, 1",
        "MULTI_DESTINATION, 0.05", "MULTI_DESTINATION, 0.2", "MULTI_DESTINATION, 1",
        "MULTICAST, 0.05", "MULTICAST, 0.2", "MULTICAST, 1"
    })
    void shouldKnowWithinASecondAndBeWholeWithinTwo(TransportKind kind, double rate)
            throws IOException {
        TransportConfig transport = TransportConfig.loopback(kind, freePort());
        StreamAddresses addresses = new StreamAddresses(transport, "sol");
        try (MediaDriver sending = MediaDriver.launch(driver("sending"));
                MediaDriver receiving = MediaDriver.launch(lossy(driver("receiving")));
                Aeron from = connect(sending);
                Aeron to = connect(receiving)) {
            if (kind == TransportKind.MULTICAST) {
                TransportSelfTest.Rung rung = TransportSelfTest.run(from, "localhost").multicast();
                Assumptions.assumeTrue(rung.works(), () -> "no multicast here: " + rung.reason());
            }
            run(from, to, addresses, rate);
        } finally {
            world.close();
        }
    }

    private void run(Aeron from, Aeron to, StreamAddresses addresses, double rate) {
        List<Long> asked = new ArrayList<>();
        ReplicaView view = ReplicaView.open(asked::add);
        view.tickHz(TICK_HZ);
        try (FramePublisher publisher = new FramePublisher(from, addresses);
                FrameSubscriber subscriber =
                        new FrameSubscriber(to, addresses, EnumSet.of(Tier.CLOSE), into(view))) {
            Connecting.await(
                    "the streams",
                    20_000,
                    () -> publisher.isConnected(Tier.CLOSE) && subscriber.isConnected());
            subscriber.watchAll(Tier.CLOSE, true);
            for (long whole : InterestRules.wholeSystem(Tier.CLOSE)) {
                encoder.subscriptions().onSubscribe(1, whole);
            }
            Random random = new Random(7);
            for (int i = 0; i < SHIPS; i++) {
                ships.add(
                        world.create(
                                new Position(random.nextInt(3_000), random.nextInt(3_000), 0),
                                new Motion(0, 0, 0, 0, 0, 0),
                                new Size(SizeClass.CRAFT, 10)));
            }
            world.apply();
            Outbox out = new Outbox();
            int[] unknown = new int[SHIPS];
            int[] wrong = new int[SHIPS];
            int tick = 1;
            for (; tick <= LOSSY_TICKS + 3 * SECOND; tick++) {
                boolean isLossy = tick > SECOND && tick <= LOSSY_TICKS;
                // A blackout of 200 ms in each second.
                loss.rate = !isLossy || (rate == 1 && tick % SECOND >= 4) ? 0 : rate;
                fly(random);
                world.apply();
                world.stamp(tick);
                encoder.locate(tick);
                encoder.encode(tick, out);
                out.release(publisher);
                for (int i = 0; i < POLLS_PER_TICK; i++) {
                    subscriber.doWork();
                    LockSupport.parkNanos(200_000);
                }
                asked.forEach(id -> encoder.subscriptions().onKeyframeRequest(1, id));
                asked.clear();
                if (tick > SECOND) {
                    compare(view, tick, unknown, wrong);
                }
            }
            assertThat(loss.dropped).as("datagrams lost").isPositive();
            for (int ticks : wrong) {
                assertThat(ticks).as("ticks since a ship was right").isLessThan(SECOND);
            }
        }
    }

    private void fly(Random random) {
        for (int i = 0; i < SHIPS; i++) {
            if (random.nextInt(SECOND) == 0) {
                velocity[i][0] = random.nextInt(-100, 100);
                velocity[i][1] = random.nextInt(-100, 100);
            }
            EntityId ship = ships.get(i);
            Position at = world.read(ship, Position.class);
            double x = at.x() + velocity[i][0] / TICK_HZ;
            double y = at.y() + velocity[i][1] / TICK_HZ;
            world.write(ship, new Position(x, y, 0));
            world.write(
                    ship, new Motion((float) velocity[i][0], (float) velocity[i][1], 0, 0, 0, 0));
        }
    }

    private void compare(ReplicaView view, int tick, int[] unknown, int[] wrong) {
        double[] shown = new double[3];
        for (int i = 0; i < SHIPS; i++) {
            Position truth = world.read(ships.get(i), Position.class);
            ReplicaEntity held = view.find(ships.get(i));
            boolean isRight =
                    held != null
                            && held.place(tick, 1.0 / TICK_HZ, shown)
                            && Math.abs(shown[0] - truth.x()) <= BOUND_METRES
                            && Math.abs(shown[1] - truth.y()) <= BOUND_METRES;
            boolean isKnown = isRight || held == null || held.isStale();
            unknown[i] = isKnown ? 0 : unknown[i] + 1;
            wrong[i] = isRight ? 0 : wrong[i] + 1;
            assertThat(unknown[i])
                    .as("ticks that ship %d was wrong unawares, at tick %d", i, tick)
                    .isLessThanOrEqualTo(SECOND);
            assertThat(wrong[i])
                    .as("ticks that ship %d was wrong, at tick %d", i, tick)
                    .isLessThanOrEqualTo(2 * SECOND);
        }
    }

    private static FrameHandler into(ReplicaView view) {
        return new FrameHandler() {
            @Override
            public void onFrame(Tier tier, long channelId, DirectBuffer b, int o, int l) {
                view.apply(b, o, l);
            }

            @Override
            public void onStreamMessage(Tier tier, DirectBuffer b, int o, int l) {
                view.apply(b, o, l);
            }
        };
    }

    private record Held(Tier tier, long channelId, byte[] message) {}

    /** Frames leave at the end of the tick that made them. */
    private final class Outbox implements FrameHold {
        private final List<Held> held = new ArrayList<>();

        @Override
        public boolean offer(Tier tier, long channelId, DirectBuffer b, int offset, int length) {
            byte[] message = new byte[length];
            b.getBytes(offset, message);
            return held.add(new Held(tier, channelId, message));
        }

        @Override
        public boolean fits(int length) {
            return true;
        }

        void release(FramePublisher to) {
            for (Held each : held) {
                UnsafeBuffer message = new UnsafeBuffer(each.message());
                if (!encoder.mayRelease(each.channelId(), message, 0)) {
                    continue;
                }
                if (to.offer(each.tier(), each.channelId(), message, 0, message.capacity())) {
                    encoder.released(each.channelId(), message, 0);
                } else {
                    encoder.lost(each.channelId(), message, 0);
                }
            }
            held.clear();
        }
    }

    private MediaDriver.Context driver(String name) {
        return new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve(name).toString())
                .threadingMode(ThreadingMode.SHARED)
                .termBufferSparseFile(true)
                .dirDeleteOnShutdown(true);
    }

    private MediaDriver.Context lossy(MediaDriver.Context driver) {
        return driver.receiveChannelEndpointSupplier((channel, dispatcher, status, context) ->
                new DebugReceiveChannelEndpoint(channel, dispatcher, status, context, loss, loss));
    }

    private static Aeron connect(MediaDriver driver) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
    }

    /** Free a moment ago, with those behind it most likely free too. */
    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }
}
