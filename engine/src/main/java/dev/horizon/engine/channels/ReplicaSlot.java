package dev.horizon.engine.channels;

import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one channel told of one entity. */
final class ReplicaSlot {
    /** Components that one entity may have at one tier; more are refused. */
    static final int COMPONENTS_MAX = 256;

    ReplicaChannel channel;
    final ReplicaEntity entity;
    final Tier tier;
    int generation;
    final int sizeClass;
    final float radius;
    final long parentId;
    final long enteredTick;
    final double[] place = new double[3];
    final double[] motion = new double[6];
    final double[] turn = new double[7];

    /** What is steered flies; place, motion and turn are then those of its last row. */
    @Nullable Flight flight;

    boolean hasPlace;
    boolean hasTurn;
    long placeTick;
    long turnTick;

    /** Steps of the rows that correct this slot; a frame's slots follow their frames instead. */
    int placeExponent;

    int velocityExponent;
    int accelerationExponent;
    private int[] ids = new int[0];
    private byte[][] rows = new byte[0][];

    ReplicaSlot(
            ReplicaChannel channel,
            ReplicaEntity entity,
            Tier tier,
            int generation,
            int sizeClass,
            float radius,
            long parentId,
            long enteredTick) {
        this.channel = channel;
        this.entity = entity;
        this.tier = tier;
        this.generation = generation;
        this.sizeClass = sizeClass;
        this.radius = radius;
        this.parentId = parentId;
        this.enteredTick = enteredTick;
    }

    /** Nearest tier first; within one, the later one; the channel's id settles the rest. */
    boolean isNearerThan(ReplicaSlot other) {
        int tiers = tier.compareTo(other.tier);
        if (tiers != 0) {
            return tiers < 0;
        }
        if (enteredTick != other.enteredTick) {
            return enteredTick > other.enteredTick;
        }
        return channel.id > other.channel.id;
    }

    ReplicaSlot place(long tick, double x, double y, double z) {
        place[0] = x;
        place[1] = y;
        place[2] = z;
        placeTick = tick;
        hasPlace = true;
        flight = null;
        return this;
    }

    void motion(double vx, double vy, double vz, double ax, double ay, double az) {
        motion[0] = vx;
        motion[1] = vy;
        motion[2] = vz;
        motion[3] = ax;
        motion[4] = ay;
        motion[5] = az;
    }

    /** Moves the track on to a tick, along what it extrapolates. */
    ReplicaSlot advance(long tick, int tickHz) {
        double seconds = Extrapolation.seconds(tick - placeTick, tickHz);
        for (int axis = 0; axis < 3; axis++) {
            place[axis] = Extrapolation.place(place[axis], motion[axis], motion[axis + 3], seconds);
            motion[axis] = Extrapolation.velocity(motion[axis], motion[axis + 3], seconds);
        }
        placeTick = tick;
        return this;
    }

    ReplicaSlot shift(double dx, double dy, double dz) {
        place[0] += dx;
        place[1] += dy;
        place[2] += dz;
        return this;
    }

    /** Begins to fly: see {@link Flight#begin}. */
    void fly(
            long tick,
            int tickHz,
            double[] numbers,
            int attitude,
            int turning,
            int thrust,
            int spin,
            int ramp) {
        Flight flies = flight == null ? new Flight() : flight;
        flies.begin(tick, tickHz, numbers, attitude, turning, thrust, spin, ramp);
        flown(flies);
    }

    /**
     * New controls that began some ticks ago.
     *
     * @return false where nothing is steered, or it would be before the last row
     */
    boolean steer(long tick, int age, int thrust, int spin, int gridExponent) {
        Flight flies = flight;
        if (flies == null || !flies.steer(tick, age, thrust, spin, gridExponent)) {
            return false;
        }
        flown(flies);
        return true;
    }

    private void flown(Flight flies) {
        double[] track = new double[9];
        flies.track(track, 0);
        place(flies.tick(), track[0], track[1], track[2]);
        System.arraycopy(track, 3, motion, 0, 6);
        System.arraycopy(flies.at(flies.tick()), Flight.ATTITUDE, turn, 0, 7);
        turnTick = flies.tick();
        hasTurn = true;
        flight = flies;
    }

    /** Turned like this at a tick; the angular velocity in steps. */
    void turn(long tick, double[] quaternion, int wx, int wy, int wz) {
        System.arraycopy(quaternion, 0, turn, 0, 4);
        turn[4] = wx * FrameWriter.SPIN_STEP;
        turn[5] = wy * FrameWriter.SPIN_STEP;
        turn[6] = wz * FrameWriter.SPIN_STEP;
        turnTick = tick;
        hasTurn = true;
    }

    IntStream components() {
        return Arrays.stream(ids);
    }

    byte @Nullable [] row(int wireId) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == wireId) {
                return rows[i];
            }
        }
        return null;
    }

    /** The array to fill with a component's row; false result (null) when there are too many. */
    byte @Nullable [] rowToFill(int wireId, int length) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == wireId) {
                if (rows[i].length != length) {
                    rows[i] = new byte[length];
                }
                return rows[i];
            }
        }
        if (ids.length == COMPONENTS_MAX) {
            return null;
        }
        ids = Arrays.copyOf(ids, ids.length + 1);
        rows = Arrays.copyOf(rows, ids.length);
        ids[ids.length - 1] = wireId;
        byte[] row = new byte[length];
        rows[ids.length - 1] = row;
        return row;
    }

    /** The same at another tier, with its component rows alone. */
    ReplicaSlot at(Tier other, long tick) {
        ReplicaSlot slot =
                new ReplicaSlot(
                        channel, entity, other, generation, sizeClass, radius, parentId, tick);
        slot.ids = ids;
        slot.rows = rows;
        return slot;
    }

    void strip(int wireId) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == wireId) {
                int last = ids.length - 1;
                ids[i] = ids[last];
                rows[i] = rows[last];
                ids = Arrays.copyOf(ids, last);
                rows = Arrays.copyOf(rows, last);
                return;
            }
        }
    }
}
