package dev.horizon.perf.arena;

import dev.horizon.engine.world.Component;

/**
 * On what manoeuvres by itself: where it belongs, and what it demands until when.
 *
 * @param x middle of its room, metres
 * @param y metres
 * @param z metres
 * @param roomMetres radius of its room
 * @param nextAt tick, its low 32 bits, at which it draws again
 * @param ax acceleration that it drew, metres per second squared; unused by ships with a nose
 * @param ay the same
 * @param az the same
 */
@Component
public record Post(
        double x, double y, double z, float roomMetres, int nextAt, float ax, float ay, float az) {}
