package dev.horizon.plugins.procgen;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * What a player has shown to like; part of their profile. What was done long ago fades: with each
 * round of offers a tenth of it is forgotten.
 *
 * @param done by ordinal of {@link Pursuit}, in units that make an hour of each about equal
 * @param round of offers, counted
 */
@Component
public record Tastes(@Length(Pursuit.COUNT) double[] done, int round) {
    private static final double KEPT = 0.9;

    /** Shown nothing yet: everything is offered alike. */
    public static Tastes none() {
        return new Tastes(new double[Pursuit.COUNT], 0);
    }

    /** The chance with which a pursuit is offered: one part for each, and their play's parts. */
    public double chance(Pursuit pursuit) {
        double sum = 0;
        for (double each : done) {
            sum += 1 + each;
        }
        return (1 + done[pursuit.ordinal()]) / sum;
    }

    Tastes with(Pursuit pursuit, double more) {
        double[] now = done.clone();
        now[pursuit.ordinal()] += more;
        return new Tastes(now, round);
    }

    Tastes nextRound() {
        double[] now = done.clone();
        for (int i = 0; i < now.length; i++) {
            now[i] *= KEPT;
        }
        return new Tastes(now, round + 1);
    }
}
