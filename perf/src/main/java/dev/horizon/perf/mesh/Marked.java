package dev.horizon.perf.mesh;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * An entity whose ticks are watched, with a state of 160 bytes beside its place.
 *
 * @param index among those that are watched
 * @param a of the state, which each tick changes
 */
@Component
public record Marked(int index, @Length(20) long[] a) {}
