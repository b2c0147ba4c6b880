/** Subsystems and crew: child entities of a ship, their sum on the ship, and repair. */
@NullMarked
package dev.horizon.ecs.subsystems;

import org.jspecify.annotations.NullMarked;
