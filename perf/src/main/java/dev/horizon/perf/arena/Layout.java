package dev.horizon.perf.arena;

import dev.horizon.engine.systems.Randomness;

/** Where the members of the arena are: a function of the seed and the member's number. */
final class Layout {
    private static final int PURPOSE_GROUP = 1;
    private static final int PURPOSE_MEMBER = 2;
    private static final int TRIES_MAX = 64;

    private final ArenaConfig config;

    Layout(ArenaConfig config) {
        this.config = config;
    }

    /** Middle of the group of a member, per axis 0 to 2, metres. */
    double middle(int member, int axis) {
        double middle = axis == 0 ? config.middleX() : 0;
        if (config.groups() == 1) {
            return middle;
        }
        int group = member % config.groups();
        return middle + (uniform(group, axis, PURPOSE_GROUP) - 0.5) * config.extentMetres();
    }

    /** A place in the ball of a member's group, evenly spread, metres. */
    void place(int member, double[] into) {
        double square = Double.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES_MAX && square > 1; attempt++) {
            square = 0;
            for (int axis = 0; axis < 3; axis++) {
                double at = 2 * uniform(member, 3 * attempt + axis, PURPOSE_MEMBER) - 1;
                square += at * at;
                into[axis] = at;
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            into[axis] = middle(member, axis) + into[axis] * config.groupMetres();
        }
    }

    private double uniform(int member, int index, int purpose) {
        return Randomness.uniform(Randomness.bits(config.seed(), member, index, purpose));
    }
}
