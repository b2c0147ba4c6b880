/** Steering: orders become a goal, the goal becomes demands on the controls. */
@NullMarked
package dev.horizon.ecs.steering;

import org.jspecify.annotations.NullMarked;
