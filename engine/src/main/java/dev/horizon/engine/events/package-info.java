/** Events: records that players, the engine and plugins raise, and the handlers they reach. */
@NullMarked
package dev.horizon.engine.events;

import org.jspecify.annotations.NullMarked;
