/** Damage: hits go through shields to hull, subsystems and crew; what dies leaves a wreck. */
@NullMarked
package dev.horizon.ecs.damage;

import org.jspecify.annotations.NullMarked;
