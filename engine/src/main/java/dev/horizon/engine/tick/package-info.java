/** The tick: what comes in, what the world makes of it, what may leave and when. */
@NullMarked
package dev.horizon.engine.tick;

import org.jspecify.annotations.NullMarked;
