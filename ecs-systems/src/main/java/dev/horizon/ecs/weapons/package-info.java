/** Weapons: launchers and beams with arcs, cooldown, energy and ammunition; hits as effects. */
@NullMarked
package dev.horizon.ecs.weapons;

import org.jspecify.annotations.NullMarked;
