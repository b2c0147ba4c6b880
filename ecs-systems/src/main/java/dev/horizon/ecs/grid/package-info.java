/**
 * The spatial grid: who is near, who is nearest, what a segment hits; rebuilt from columns each
 * tick.
 */
@NullMarked
package dev.horizon.ecs.grid;

import org.jspecify.annotations.NullMarked;
