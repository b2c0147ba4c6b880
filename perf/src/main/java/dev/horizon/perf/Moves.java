package dev.horizon.perf;

import dev.horizon.engine.world.PositionColumn;

/** The loop that benchmarks share. */
final class Moves {
    private Moves() {}

    static void move(
            PositionColumn position, VelocityColumn velocity, int from, int to, double dt) {
        for (int i = from; i < to; i++) {
            position.x[i] += velocity.x[i] * dt;
            position.y[i] += velocity.y[i] * dt;
            position.z[i] += velocity.z[i] * dt;
        }
    }
}
