/**
 * Runs systems: the order of a tick, which of them may run at once, what each may touch, and what
 * happens when one throws.
 */
@NullMarked
package dev.horizon.engine.schedule;

import org.jspecify.annotations.NullMarked;
