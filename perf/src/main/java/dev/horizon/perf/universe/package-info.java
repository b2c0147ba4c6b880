/** The living universe, run for long without sessions and network. */
@NullMarked
package dev.horizon.perf.universe;

import org.jspecify.annotations.NullMarked;
