/** A plugin whose code is measured, once loaded from a jar and once as the engine's own. */
@NullMarked
package dev.horizon.perf.plugins.moves;

import org.jspecify.annotations.NullMarked;
