/** Dispatch: events from bytes to handlers in a defined order, and what becomes of a thrower. */
@NullMarked
package dev.horizon.engine.dispatch;

import org.jspecify.annotations.NullMarked;
