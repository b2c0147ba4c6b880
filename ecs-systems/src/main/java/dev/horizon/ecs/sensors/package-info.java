/** Sensors: how many contacts a ship sees and which hostile one is nearest. */
@NullMarked
package dev.horizon.ecs.sensors;

import org.jspecify.annotations.NullMarked;
