package dev.horizon.net.client;

import dev.horizon.engine.channels.Extrapolation;
import dev.horizon.engine.channels.Flight;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The track along which an entity is shown, and the blend that leads to it. */
final class Shown {
    /** Place, velocity, acceleration, and the tick at which they were true. */
    static final int TRACK = 10;

    double seen;
    private final double[] track = new double[TRACK];

    /** Of what is steered; the track is then its last row's. */
    private @Nullable Flight flight;

    private final double[] away = new double[3];
    private final double[] drift = new double[3];
    private double start;
    private double ticks;

    boolean differs(double[] newer) {
        return !Arrays.equals(track, newer);
    }

    void follow(double[] newer, @Nullable Flight flies) {
        System.arraycopy(newer, 0, track, 0, TRACK);
        flight = null;
        if (flies != null) {
            // The entity's own goes on along the rows that come.
            flight = new Flight();
            flight.copy(flies);
        }
    }

    /** Begins to blend from what was shown until now to a new track's place and velocity. */
    void bend(
            double moment,
            double overTicks,
            int tickHz,
            double snapMetres,
            double[] place,
            double[] velocity) {
        double u = past(moment);
        double seconds = (moment - track[TRACK - 1]) / tickHz;
        double blendSeconds = overTicks / tickHz;
        double way = 0;
        double pull = 0;
        double[] flown = flight == null ? null : flight.at(moment);
        for (int axis = 0; axis < 3; axis++) {
            double v = track[axis + 3];
            double a = track[axis + 6];
            double at =
                    flown == null ? Extrapolation.place(track[axis], v, a, seconds) : flown[axis];
            double moves = flown == null ? Extrapolation.velocity(v, a, seconds) : flown[axis + 3];
            if (u < 1) {
                at += away[axis] * stay(u) + drift[axis] * carry(u);
                double rate = tickHz / ticks;
                moves += away[axis] * 6 * u * (u - 1) * rate;
                moves += drift[axis] * (1 - u) * (1 - 3 * u) * rate;
            }
            away[axis] = at - place[axis];
            drift[axis] = (moves - velocity[axis]) * blendSeconds;
            way += away[axis] * away[axis];
            pull += drift[axis] * drift[axis];
        }
        start = moment;
        ticks = way <= snapMetres * snapMetres ? overTicks : 0;
        if (!(pull <= snapMetres * snapMetres)) {
            Arrays.fill(drift, 0);
        }
    }

    /** Moves a track's place to what is shown. */
    void apply(double moment, double[] place) {
        double u = past(moment);
        for (int axis = 0; axis < 3 && u < 1; axis++) {
            place[axis] += away[axis] * stay(u) + drift[axis] * carry(u);
        }
    }

    private double past(double moment) {
        return ticks == 0 ? 1 : Math.clamp((moment - start) / ticks, 0.0, 1.0);
    }

    static double stay(double u) {
        return u * u * (2 * u - 3) + 1;
    }

    static double carry(double u) {
        return u * (u - 1) * (u - 1);
    }
}
