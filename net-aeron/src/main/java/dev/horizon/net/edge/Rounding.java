package dev.horizon.net.edge;

import dev.horizon.engine.channels.AttitudeCode;
import dev.horizon.engine.channels.Extrapolation;
import dev.horizon.engine.channels.Flight;
import dev.horizon.engine.channels.PackedThree;

/** Works out the lean row of a whole track or attitude at a tick, and whether it loses anything. */
final class Rounding {
    private static final int NARROW_MAX = Short.MAX_VALUE;

    /** Ticks ago that a lean row may have been true. */
    private static final int AGE_MAX = 255;

    private final EdgeTracks tracks;
    private final double[] quaternion = new double[4];
    private final double[] pulls = new double[3];
    private final double[] numbers = new double[EdgeTracks.MOTION];

    /** The place's steps, then the velocity's. */
    final short[] steps = new short[6];

    private int pull;
    private boolean isExact;
    private int attitude;
    private int spin;
    private boolean isSteady;

    Rounding(EdgeTracks tracks) {
        this.tracks = tracks;
    }

    int pull() {
        return pull;
    }

    /** True when the receiver's track is the node's, bit for bit. */
    boolean isExact() {
        return isExact;
    }

    int attitude() {
        return attitude;
    }

    int spin() {
        return spin;
    }

    /** True for what doesn't turn: its attitude is the same at any tick. */
    boolean isSteady() {
        return isSteady;
    }

    /** Rounds a track, extrapolated to a tick; false where it doesn't fit. */
    boolean place(int track, long tick, EdgeChannel owner, Viewer viewer) {
        double[] m = tracks.motion;
        int at = track * EdgeTracks.MOTION;
        double seconds = Extrapolation.seconds(tick - tracks.placeTick[track], tracks.tickHz());
        double place = Math.scalb(1.0, owner.placeExponent - 2);
        double speed = Math.scalb(1.0, owner.velocityExponent - 1);
        double unit = Math.scalb(1.0, owner.accelerationExponent);
        isExact = seconds == 0;
        for (int axis = 0; axis < 3; axis++) {
            double v = m[at + 3 + axis];
            double a = m[at + 6 + axis];
            double origin = viewer.origin[axis];
            double p = Extrapolation.place(m[at + axis], v, a, seconds);
            double x = Math.rint((p - origin) / place);
            double vx = Math.rint(Extrapolation.velocity(v, a, seconds) / speed) + 0.0;
            if (!(Math.abs(x) <= NARROW_MAX) || !(Math.abs(vx) <= NARROW_MAX)) {
                return false;
            }
            isExact &= origin + x * place == p && vx * speed == v;
            steps[axis] = (short) x;
            steps[3 + axis] = (short) vx;
            pulls[axis] = a / unit;
        }
        double most =
                Math.max(Math.abs(pulls[0]), Math.max(Math.abs(pulls[1]), Math.abs(pulls[2])));
        int shift = PackedThree.shift(most);
        if (shift < 0) {
            return false;
        }
        int ax = (int) PackedThree.round(pulls[0], shift);
        int ay = (int) PackedThree.round(pulls[1], shift);
        int az = (int) PackedThree.round(pulls[2], shift);
        isExact &= ax == pulls[0] && ay == pulls[1] && az == pulls[2];
        pull = (int) PackedThree.pack(ax, ay, az);
        return true;
    }

    /**
     * Puts a flight's place and velocity into {@link #steps} of their grids; false where a lean row
     * doesn't hold it exactly.
     */
    boolean flight(Flight flight, long tick, EdgeChannel owner, Viewer viewer) {
        long age = tick - flight.tick();
        if (age < 0 || age > AGE_MAX || flight.packedTurn() == PackedThree.NONE) {
            return false;
        }
        double grid = Math.scalb(1.0, Flight.gridExponent(owner.placeExponent));
        double speed = Math.scalb(1.0, Flight.speedExponent(owner.placeExponent));
        flight.track(numbers, 0);
        for (int axis = 0; axis < 3; axis++) {
            double x = Math.rint((numbers[axis] - viewer.origin[axis]) / grid);
            double vx = Math.rint(numbers[3 + axis] / speed);
            if (!(Math.abs(x) <= NARROW_MAX)
                    || !(Math.abs(vx) <= NARROW_MAX)
                    || viewer.origin[axis] + x * grid != numbers[axis]
                    || vx * speed != numbers[3 + axis]) {
                return false;
            }
            steps[axis] = (short) x;
            steps[3 + axis] = (short) vx;
        }
        return true;
    }

    /** Packs an attitude, extrapolated to a tick; false where its angular velocity doesn't fit. */
    boolean turn(int track, long tick) {
        byte[] turn = tracks.turn;
        int at = track * EdgeTracks.TURN_BYTES;
        int wx = LittleEndian.getShort(turn, at + 4);
        int wy = LittleEndian.getShort(turn, at + 6);
        int wz = LittleEndian.getShort(turn, at + 8);
        long packed = PackedThree.pack(wx, wy, wz);
        if (packed == PackedThree.NONE) {
            return false;
        }
        spin = (int) packed;
        attitude = LittleEndian.getInt(turn, at);
        isSteady = (wx | wy | wz) == 0;
        if (!isSteady && tick != tracks.turnTick[track]) {
            double[] q = quaternion;
            tracks.flights.attitude(track, tick, q);
            attitude = AttitudeCode.pack(q[0], q[1], q[2], q[3]);
        }
        return true;
    }
}
