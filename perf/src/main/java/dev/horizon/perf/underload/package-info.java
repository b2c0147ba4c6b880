/** A node under its players: at its rated load, beyond it, and among raiders; by soaks. */
@NullMarked
package dev.horizon.perf.underload;

import org.jspecify.annotations.NullMarked;
