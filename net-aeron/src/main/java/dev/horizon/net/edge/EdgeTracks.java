package dev.horizon.net.edge;

import dev.horizon.engine.channels.Extrapolation;
import dev.horizon.engine.channels.Flight;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What receivers hold of each entity at each tier, as columns: track {@code 4 * entity + tier}.
 * Remembers in which round each part of it changed, and the bytes of a correction, so that they can
 * be copied to clients.
 */
final class EdgeTracks {
    static final int TIERS = 4;

    private static final int NEAR_MAX = 1;

    /** Numbers of a track: place, velocity, acceleration. */
    static final int MOTION = 9;

    /** Bytes of the longest correction, without its slot. */
    static final int CORRECTION_BYTES = 12;

    /** Bytes of an attitude row, without its slot. */
    static final int TURN_BYTES = 10;

    /** The place changed by a row that can't be copied: send the whole track. */
    static final byte WHOLE = 0;

    static final byte NUDGED = 1;
    static final byte KICKED = 2;

    /** New controls of what flies, whose bytes can be copied. */
    static final byte STEERED = 3;

    private static final int PUBLISHED = 4;
    private static final int HELD = 1;
    private static final int PLACED = 2;
    private static final int TURNED = 4;
    private static final int PLACE_HEARD = 8;
    private static final int TURN_HEARD = 16;

    @Nullable EdgeChannel[] owner = new EdgeChannel[0];
    double[] motion = new double[0];
    long[] placeTick = new long[0];
    long[] turnTick = new long[0];
    byte[] turn = new byte[0];
    byte[] correction = new byte[0];
    byte[] kind = new byte[0];

    /** Rounds in which it changed: anything of it, its place, its attitude, its components. */
    int[] changedRound = new int[0];

    int[] placeRound = new int[0];
    int[] turnRound = new int[0];
    int[] strippedRound = new int[0];

    /** Round in which it has to be told anew from the start. */
    int[] renewedRound = new int[0];

    /** What viewers may hold that is no longer told of. */
    final Drops drops = new Drops();

    /** Of those that are steered. */
    final EdgeFlights flights = new EdgeFlights(this);

    private char[] slot = new char[0];
    private long[] enteredTick = new long[0];
    private byte[] flags = new byte[0];
    private int tickHz = 20;
    private int round = 2;

    /**
     * Published places, worked out at most once per entity and round: x, y, z, and the round, so
     * that one line of memory tells all.
     */
    private double[] published = new double[0];

    void tickHz(int hz) {
        tickHz = hz;
    }

    int tickHz() {
        return tickHz;
    }

    int round() {
        return round;
    }

    void nextRound() {
        round++;
    }

    static int of(int entity, int tier) {
        return entity * TIERS + tier;
    }

    void ensure(int entities) {
        int capacity = entities * TIERS;
        if (flags.length >= capacity) {
            return;
        }
        owner = Arrays.copyOf(owner, capacity);
        motion = Arrays.copyOf(motion, capacity * MOTION);
        placeTick = Arrays.copyOf(placeTick, capacity);
        turnTick = Arrays.copyOf(turnTick, capacity);
        turn = Arrays.copyOf(turn, capacity * TURN_BYTES);
        correction = Arrays.copyOf(correction, capacity * CORRECTION_BYTES);
        kind = Arrays.copyOf(kind, capacity);
        changedRound = Arrays.copyOf(changedRound, capacity);
        placeRound = Arrays.copyOf(placeRound, capacity);
        turnRound = Arrays.copyOf(turnRound, capacity);
        strippedRound = Arrays.copyOf(strippedRound, capacity);
        renewedRound = Arrays.copyOf(renewedRound, capacity);
        slot = Arrays.copyOf(slot, capacity);
        enteredTick = Arrays.copyOf(enteredTick, capacity);
        flags = Arrays.copyOf(flags, capacity);
        flights.ensure(capacity);
        published = Arrays.copyOf(published, entities * PUBLISHED);
        drops.ensure(entities);
    }

    boolean isHeld(int track) {
        return (flags[track] & HELD) != 0;
    }

    /** True when a channel that the viewer may see tells of it. */
    boolean isHeldFor(Viewer viewer, int track) {
        EdgeChannel channel = owner[track];
        return isHeld(track) && channel != null && viewer.sees(channel.audience);
    }

    /**
     * True when something tells of an entity, at whatever tier, but nothing that the viewer sees.
     */
    boolean isVeiledFrom(Viewer viewer, int entity) {
        boolean isTold = false;
        for (int track = of(entity, 0); track < of(entity, TIERS); track++) {
            if (isHeldFor(viewer, track)) {
                return false;
            }
            isTold |= isHeld(track);
        }
        return isTold;
    }

    boolean isPlaced(int track) {
        return (flags[track] & PLACED) != 0;
    }

    boolean isTurned(int track) {
        return (flags[track] & TURNED) != 0;
    }

    boolean isOwner(int track, EdgeChannel channel, int slotNumber) {
        return owner[track] == channel && slot[track] == slotNumber;
    }

    int slot(int track) {
        return slot[track];
    }

    /**
     * The channel has the entity now: later entries win, by their channel's id where they are of
     * one tick.
     *
     * @return false where another channel goes on to tell of it
     */
    boolean own(int track, EdgeChannel channel, int slotNumber, long tick) {
        EdgeChannel before = owner[track];
        if (isHeld(track)
                && before != null
                && before != channel
                && (tick < enteredTick[track]
                        || (tick == enteredTick[track] && channel.id < before.id))) {
            return false;
        }
        if (before != null && before.audience != channel.audience && track % TIERS <= NEAR_MAX) {
            // Who held it may no longer see it.
            drops.add(track / TIERS, round);
        }
        owner[track] = channel;
        slot[track] = (char) slotNumber;
        enteredTick[track] = tick;
        if (isHeld(track)) {
            flags[track] &= ~(PLACE_HEARD | TURN_HEARD);
        } else {
            flags[track] = HELD;
            changedRound[track] = round;
            placeRound[track] = 0;
            turnRound[track] = 0;
            strippedRound[track] = 0;
            renewedRound[track] = round;
        }
        return true;
    }

    /** What a channel tells is told by another now, that its cell split or merged into. */
    void carry(int track, EdgeChannel to, int slotNumber) {
        owner[track] = to;
        slot[track] = (char) slotNumber;
    }

    void drop(int track) {
        if (track % TIERS <= NEAR_MAX) {
            drops.add(track / TIERS, round);
        }
        flags[track] = 0;
        flights.land(track);
        owner[track] = null;
        changedRound[track] = round;
        published[track / TIERS * PUBLISHED + 3] = 0;
    }

    void renew(int track) {
        renewedRound[track] = round;
        changedRound[track] = round;
    }

    /** After the frame that told all of an entity: it has no place or attitude if none came. */
    void settle(int track) {
        if (isPlaced(track) && (flags[track] & PLACE_HEARD) == 0) {
            flags[track] &= ~PLACED;
            renew(track);
        }
        if (isTurned(track) && (flags[track] & TURN_HEARD) == 0) {
            flags[track] &= ~TURNED;
            renew(track);
        }
    }

    /** A whole track; nothing changes where it says what was held, at rest. */
    void place(
            int track,
            long tick,
            double x,
            double y,
            double z,
            double vx,
            double vy,
            double vz,
            double ax,
            double ay,
            double az) {
        int at = track * MOTION;
        double[] m = motion;
        boolean rests = vx == 0 && vy == 0 && vz == 0 && ax == 0 && ay == 0 && az == 0;
        boolean same =
                rests
                        && isPlaced(track)
                        && isAtRest(at)
                        && m[at] == x
                        && m[at + 1] == y
                        && m[at + 2] == z;
        flags[track] |= PLACED | PLACE_HEARD;
        placeTick[track] = tick;
        if (same) {
            return;
        }
        m[at] = x;
        m[at + 1] = y;
        m[at + 2] = z;
        m[at + 3] = vx;
        m[at + 4] = vy;
        m[at + 5] = vz;
        m[at + 6] = ax;
        m[at + 7] = ay;
        m[at + 8] = az;
        moved(track, WHOLE);
    }

    private boolean isAtRest(int at) {
        for (int i = at + 3; i < at + MOTION; i++) {
            if (motion[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Moves the track on to a tick and corrects its place; false where none is held. */
    boolean nudge(int track, long tick, double dx, double dy, double dz) {
        if (!isPlaced(track) || flights.of[track] != null) {
            return false;
        }
        double seconds = (double) (tick - placeTick[track]) / tickHz;
        int at = track * MOTION;
        advance(at, seconds, dx);
        advance(at + 1, seconds, dy);
        advance(at + 2, seconds, dz);
        placeTick[track] = tick;
        moved(track, NUDGED);
        return true;
    }

    private void advance(int at, double seconds, double correctionMetres) {
        double a = motion[at + 6];
        motion[at] = Extrapolation.place(motion[at], motion[at + 3], a, seconds) + correctionMetres;
        motion[at + 3] = Extrapolation.velocity(motion[at + 3], a, seconds);
    }

    /** After {@link #nudge}: corrects the velocity and replaces the acceleration. */
    void kick(int track, double dvx, double dvy, double dvz, double ax, double ay, double az) {
        int at = track * MOTION;
        motion[at + 3] += dvx;
        motion[at + 4] += dvy;
        motion[at + 5] += dvz;
        motion[at + 6] = ax;
        motion[at + 7] = ay;
        motion[at + 8] = az;
        if (kind[track] == NUDGED) {
            kind[track] = KICKED;
        }
    }

    /** A second row in one round can't be copied after the first. */
    private void moved(int track, byte how) {
        kind[track] = placeRound[track] == round ? WHOLE : how;
        placeRound[track] = round;
        changedRound[track] = round;
        published[track / TIERS * PUBLISHED + 3] = 0;
    }

    /** An attitude row was put into {@link #turn}. */
    void turned(int track, long tick, boolean differs) {
        boolean first = !isTurned(track);
        flags[track] |= TURNED | TURN_HEARD;
        turnTick[track] = tick;
        if (differs || first) {
            turnRound[track] = round;
            changedRound[track] = round;
        }
    }

    /** The nearest tier that says where an entity is, or -1. */
    int placedTier(int entity) {
        int track = entity * TIERS;
        for (int tier = 0; tier < TIERS; tier++) {
            if (isPlaced(track + tier)) {
                return tier;
            }
        }
        return -1;
    }

    /**
     * Works out where an entity is published to be at the round's tick, in its nearest tier: {@link
     * #x}, {@link #y}, {@link #z} say it then.
     *
     * @return false where it has no place
     */
    boolean publish(int entity, long tick) {
        int to = entity * PUBLISHED;
        if (published[to + 3] == round) {
            return true;
        }
        int tier = placedTier(entity);
        if (tier < 0) {
            return false;
        }
        int track = of(entity, tier);
        Flight flight = flights.of[track];
        if (flight != null) {
            System.arraycopy(flights.at(flight, tick), 0, published, to, 3);
        } else {
            for (int axis = 0; axis < 3; axis++) {
                published[to + axis] = flights.plain(track, axis, tick);
            }
        }
        published[to + 3] = round;
        return true;
    }

    /** From a place to where the entity was when last {@link #publish}ed, metres squared. */
    double squaredDistance(int entity, double fromX, double fromY, double fromZ) {
        double dx = x(entity) - fromX;
        double dy = y(entity) - fromY;
        double dz = z(entity) - fromZ;
        return dx * dx + dy * dy + dz * dz;
    }

    double x(int entity) {
        return published[entity * PUBLISHED];
    }

    double y(int entity) {
        return published[entity * PUBLISHED + 1];
    }

    double z(int entity) {
        return published[entity * PUBLISHED + 2];
    }
}
