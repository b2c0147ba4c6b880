/**
 * Rules of combat, over the mechanisms in ecs-systems: where players may not fire, what a kill
 * costs or brings, what sides think of a player, and what is left of a cargo.
 */
@NullMarked
package dev.horizon.plugins.combat;

import org.jspecify.annotations.NullMarked;
