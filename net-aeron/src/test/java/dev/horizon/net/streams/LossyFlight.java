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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A node's encoder at one end of a wire, a receiver's replica at the other, tick by tick: while
 * datagrams are lost the receiver knows within a second, and is whole within two.
 */
final class LossyFlight implements AutoCloseable {
    /** What is lost; a rate of 1 is a blackout. */
    interface Loss {
        void rate(double rate);

        /** How much was lost so far. */
        long dropped();

        /** True when a frame that came is lost all the same: Aeron can't send it again. */
        default boolean losesFrame() {
            return false;
        }
    }

    /** Of all that a run draws by chance. */
    static final long SEED = Long.getLong("loss.seed", 42);

    private static final int TICK_HZ = 20;
    private static final int SHIPS = 40;
    private static final int SECOND = TICK_HZ;
    private static final int LOSSY_TICKS = SECOND * (1 + Integer.getInteger("loss.seconds", 3));

    /** A blackout is 200 ms of each second. */
    private static final int BLACKOUT_TICKS = SECOND / 5;

    /** CLOSE's error bound, and the rounding of a place. */
    private static final double BOUND_METRES = 0.25 + 0.13;

    /** Polls that let a tick's datagrams come through; ticks go by faster than time. */
    static final int POLLS_AT_ONCE = 40;

    /** Polls that take as long as a tick, so that a blackout is one of 200 ms for Aeron as well. */
    static final int POLLS_IN_TIME = 200;

    private static final long POLL_NANOS = 200_000;

    private final WorldState world = WorldState.create(1, List.of());
    private final ChannelConfig channels = ChannelConfig.standard();
    private final ChannelEncoder encoder = new ChannelEncoder(world, channels, TICK_HZ);
    private final List<EntityId> ships = new ArrayList<>();
    private final double[][] velocity = new double[SHIPS][2];
    private final int pollsPerTick;

    LossyFlight(int pollsPerTick) {
        this.pollsPerTick = pollsPerTick;
    }

    void run(
            Aeron from,
            Aeron to,
            StreamAddresses fromAddresses,
            StreamAddresses toAddresses,
            Loss loss,
            double rate) {
        List<Long> asked = new ArrayList<>();
        ReplicaView view = ReplicaView.watching(asked::add);
        view.tickHz(TICK_HZ);
        try (FramePublisher publisher = new FramePublisher(from, fromAddresses);
                FrameSubscriber subscriber =
                        new FrameSubscriber(
                                to, toAddresses, EnumSet.of(Tier.CLOSE), into(view, loss))) {
            Connecting.await(
                    "the streams",
                    20_000,
                    () -> publisher.isConnected(Tier.CLOSE) && subscriber.isConnected());
            subscriber.watchAll(Tier.CLOSE, true);
            for (long whole : InterestRules.wholeSystem(Tier.CLOSE)) {
                encoder.subscriptions().onSubscribe(1, whole);
                view.watch(whole);
            }
            Random random = new Random(SEED);
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
                boolean isLit = rate == 1 && tick % SECOND >= BLACKOUT_TICKS;
                loss.rate(!isLossy || isLit ? 0 : rate);
                fly(random);
                world.apply();
                world.stamp(tick);
                encoder.locate(tick);
                encoder.encode(tick, out);
                out.release(publisher);
                for (int i = 0; i < pollsPerTick; i++) {
                    subscriber.doWork();
                    LockSupport.parkNanos(POLL_NANOS);
                }
                asked.forEach(id -> encoder.subscriptions().onKeyframeRequest(1, id));
                asked.clear();
                if (tick > SECOND) {
                    compare(view, tick, unknown, wrong);
                }
            }
            assertThat(loss.dropped()).as("what was lost").isPositive();
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
                    .as("seed %d: ticks that ship %d was wrong unawares, at %d", SEED, i, tick)
                    .isLessThanOrEqualTo(SECOND);
            assertThat(wrong[i])
                    .as("seed %d: ticks that ship %d was wrong, at %d", SEED, i, tick)
                    .isLessThanOrEqualTo(2 * SECOND);
        }
    }

    private static FrameHandler into(ReplicaView view, Loss loss) {
        return new FrameHandler() {
            @Override
            public void onFrame(Tier tier, long channelId, DirectBuffer b, int o, int l) {
                if (!loss.losesFrame()) {
                    view.apply(b, o, l);
                }
            }

            @Override
            public void onStreamMessage(Tier tier, DirectBuffer b, int o, int l) {
                if (!loss.losesFrame()) {
                    view.apply(b, o, l);
                }
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

    @Override
    public void close() {
        world.close();
    }
}
