/** Plugins that can't be set up, each for a reason of its own. */
@NullMarked
package dev.horizon.perf.plugins.broken;

import org.jspecify.annotations.NullMarked;
