/** How the engine calls plugins' code. */
@NullMarked
package dev.horizon.engine.calls;

import org.jspecify.annotations.NullMarked;
