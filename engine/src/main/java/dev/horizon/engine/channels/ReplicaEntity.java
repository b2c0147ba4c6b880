package dev.horizon.engine.channels;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver knows of one entity, merged over all channels that hold it: the nearest tier
 * wins, within a tier what was heard last. Belongs to its {@link ReplicaView} and changes with it.
 */
public final class ReplicaEntity {
    private static final SizeClass[] SIZE_CLASSES = SizeClass.values();

    private final long id;
    private ReplicaSlot[] slots = new ReplicaSlot[4];
    private int count;

    ReplicaEntity(long id) {
        this.id = id;
    }

    /** Its identity. */
    public EntityId id() {
        return new EntityId(id);
    }

    /** What carries it, or {@link EntityId#NONE}. */
    public EntityId parent() {
        return new EntityId(best().parentId);
    }

    /** How far it shows. */
    public SizeClass sizeClass() {
        return SIZE_CLASSES[best().sizeClass & 3];
    }

    /** Radius of its bounding sphere, metres; 0 for what has no size. */
    public float radiusMetres() {
        return best().radius;
    }

    /** The nearest tier that holds it. */
    public Tier tier() {
        return best().tier;
    }

    /** True when the channel that its place comes from lost something since. */
    public boolean isStale() {
        return !best().channel.whole;
    }

    /** True when it has a place of its own; what rides in another may have none. */
    public boolean hasPlace() {
        return placed() != null;
    }

    /**
     * Where it is at a tick, extrapolated from what was heard last.
     *
     * @param tick may have a fraction
     * @param tickSeconds length of a tick
     * @param out receives x, y, z in metres
     * @return false when it has no place of its own; {@code out} is untouched
     */
    public boolean place(double tick, double tickSeconds, double[] out) {
        ReplicaSlot slot = placed();
        if (slot == null) {
            return false;
        }
        if (slot.flight != null) {
            System.arraycopy(slot.flight.at(tick), 0, out, 0, 3);
            return true;
        }
        double seconds = (tick - slot.placeTick) * tickSeconds;
        for (int axis = 0; axis < 3; axis++) {
            out[axis] =
                    Extrapolation.place(
                            slot.place[axis], slot.motion[axis], slot.motion[axis + 3], seconds);
        }
        return true;
    }

    /**
     * What its place is extrapolated from.
     *
     * @param out receives place, velocity and acceleration, three each, and the tick at which they
     *     were true
     * @return false when it has no place of its own; {@code out} is untouched
     */
    public boolean track(double[] out) {
        ReplicaSlot slot = placed();
        if (slot == null) {
            return false;
        }
        System.arraycopy(slot.place, 0, out, 0, 3);
        System.arraycopy(slot.motion, 0, out, 3, 6);
        out[9] = slot.placeTick;
        return true;
    }

    /**
     * How it flies, where it is steered: then its {@link #track} holds for the row's tick alone.
     *
     * @return the flight, which goes on changing: copy it to keep it; null where it isn't steered
     */
    public @Nullable Flight flight() {
        ReplicaSlot slot = placed();
        return slot == null ? null : slot.flight;
    }

    /** Velocity at a tick, metres per second; false when it has no place of its own. */
    public boolean velocity(double tick, double tickSeconds, double[] out) {
        ReplicaSlot slot = placed();
        if (slot == null) {
            return false;
        }
        if (slot.flight != null) {
            System.arraycopy(slot.flight.at(tick), Flight.VELOCITY, out, 0, 3);
            return true;
        }
        double seconds = (tick - slot.placeTick) * tickSeconds;
        for (int axis = 0; axis < 3; axis++) {
            out[axis] = slot.motion[axis] + slot.motion[axis + 3] * seconds;
        }
        return true;
    }

    /**
     * How it is turned at a tick.
     *
     * @param out receives the quaternion x, y, z, w
     * @return false when no tier that holds it says so; {@code out} is untouched
     */
    public boolean attitude(double tick, double tickSeconds, double[] out) {
        ReplicaSlot slot = turned();
        if (slot == null) {
            return false;
        }
        if (slot.flight != null) {
            System.arraycopy(slot.flight.at(tick), Flight.ATTITUDE, out, 0, 4);
            return true;
        }
        double[] q = slot.turn;
        Extrapolation.attitude(
                q[0],
                q[1],
                q[2],
                q[3],
                q[4],
                q[5],
                q[6],
                (tick - slot.turnTick) * tickSeconds,
                out);
        return true;
    }

    /**
     * What its attitude is extrapolated from.
     *
     * @param out receives the quaternion x, y, z, w, the angular velocity in body axes, and the
     *     tick at which they were true
     * @return false when no tier that holds it says so; {@code out} is untouched
     */
    public boolean turn(double[] out) {
        ReplicaSlot slot = turned();
        if (slot == null) {
            return false;
        }
        System.arraycopy(slot.turn, 0, out, 0, 7);
        out[7] = slot.turnTick;
        return true;
    }

    private @Nullable ReplicaSlot turned() {
        ReplicaSlot slot = null;
        for (int i = 0; i < count; i++) {
            if (slots[i].hasTurn && (slot == null || slots[i].isNearerThan(slot))) {
                slot = slots[i];
            }
        }
        return slot;
    }

    /** A component's row as it came, or null. Don't change it. */
    public byte @Nullable [] component(int wireId) {
        ReplicaSlot nearest = null;
        for (int i = 0; i < count; i++) {
            if (slots[i].row(wireId) != null
                    && (nearest == null || slots[i].isNearerThan(nearest))) {
                nearest = slots[i];
            }
        }
        return nearest == null ? null : nearest.row(wireId);
    }

    /** Wire ids of the components that are known, ascending. */
    public int[] components() {
        return Arrays.stream(slots, 0, count)
                .flatMapToInt(ReplicaSlot::components)
                .sorted()
                .distinct()
                .toArray();
    }

    /** True when a channel of this tier, or the view at this tier, holds it. */
    public boolean isHeldAt(Tier tier) {
        for (int i = 0; i < count; i++) {
            if (slots[i].tier == tier) {
                return true;
            }
        }
        return false;
    }

    boolean isHeldBy(ReplicaChannel channel) {
        for (int i = 0; i < count; i++) {
            if (slots[i].channel == channel) {
                return true;
            }
        }
        return false;
    }

    /** True when it was held by nothing before. */
    boolean add(ReplicaSlot slot) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, count * 2);
        }
        slots[count++] = slot;
        return count == 1;
    }

    /** True when nothing holds it any more. */
    boolean remove(ReplicaSlot slot) {
        for (int i = 0; i < count; i++) {
            if (slots[i] == slot) {
                slots[i] = slots[--count];
                break;
            }
        }
        return count == 0;
    }

    private ReplicaSlot best() {
        ReplicaSlot best = slots[0];
        for (int i = 1; i < count; i++) {
            if (slots[i].isNearerThan(best)) {
                best = slots[i];
            }
        }
        return best;
    }

    @Nullable ReplicaSlot placed() {
        ReplicaSlot best = null;
        for (int i = 0; i < count; i++) {
            if (slots[i].hasPlace && (best == null || slots[i].isNearerThan(best))) {
                best = slots[i];
            }
        }
        return best;
    }
}
