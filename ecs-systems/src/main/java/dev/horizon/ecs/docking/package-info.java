/** Docking: ships ride in the bays of a station, are serviced there and leave. */
@NullMarked
package dev.horizon.ecs.docking;

import org.jspecify.annotations.NullMarked;
