package dev.horizon.engine.channels;

/**
 * How far apart two {@linkplain Flight flights} can be after a while, at most: a bound that costs
 * less than to step them there, and mostly decides.
 *
 * <p>The angle between two attitudes grows by the difference of the angular velocities at most (the
 * rest of the relative rotation is about another axis than it). Each axis of that difference stays
 * within the greater of what it is and what the spins striven for differ by, since an approach at
 * one rate brings no two closer things apart. Accelerations differ by what thrusts differ, and by
 * thrust times that angle; twice integrated, that is how far places part beyond what they would
 * coasting.
 */
final class Parting {
    /**
     * From the distance of two quaternions, 0.5 at most, to the angle between them: 2, and more.
     */
    private static final double ANGLE_MOST = 2.03;

    private static final double DISTANCE_SQUARED_MAX = 0.25;

    private Parting() {}

    /**
     * True when they are surely within both bounds after some seconds; false says nothing.
     *
     * @param one state of a flight, {@link Flight#NUMBERS}
     * @param other state of the other at the same moment
     * @param metres between the places, at most
     * @param radians between the attitudes, at most
     */
    static boolean isWithin(
            double[] one, double[] other, double seconds, double metres, double radians) {
        double apart = quaternionsApart(one, other);
        if (!(apart <= DISTANCE_SQUARED_MAX) || one[Flight.RAMP] != other[Flight.RAMP]) {
            return false;
        }
        double angle = ANGLE_MOST * Math.sqrt(apart);
        double spin = spinsApart(one, other);
        if (!(angle + spin * seconds <= radians)) {
            return false;
        }
        double thrust = length(one, other, Flight.THRUST);
        double x = other[Flight.THRUST];
        double y = other[Flight.THRUST + 1];
        double z = other[Flight.THRUST + 2];
        double turned = Math.sqrt(x * x + y * y + z * z) * (angle + spin * seconds / 3);
        return coasting(one, other, seconds) + (thrust + turned) * 0.5 * seconds * seconds
                <= metres;
    }

    /** Squared, the nearer of the two quaternions of an attitude taken. */
    private static double quaternionsApart(double[] one, double[] other) {
        double dot = 0;
        double norms = 0;
        for (int i = Flight.ATTITUDE; i < Flight.ATTITUDE + 4; i++) {
            dot += one[i] * other[i];
            norms += one[i] * one[i] + other[i] * other[i];
        }
        return Math.max(0, norms - 2 * Math.abs(dot));
    }

    private static double spinsApart(double[] one, double[] other) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double now = Math.abs(one[Flight.TURN + axis] - other[Flight.TURN + axis]);
            double striven = Math.abs(one[Flight.SPIN + axis] - other[Flight.SPIN + axis]);
            double most = Math.max(now, striven);
            sum += most * most;
        }
        return Math.sqrt(sum);
    }

    private static double coasting(double[] one, double[] other, double seconds) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            int at = Flight.VELOCITY + axis;
            double d = one[axis] - other[axis] + (one[at] - other[at]) * seconds;
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    private static double length(double[] one, double[] other, int from) {
        double x = one[from] - other[from];
        double y = one[from + 1] - other[from + 1];
        double z = one[from + 2] - other[from + 2];
        return Math.sqrt(x * x + y * y + z * z);
    }
}
