/** Whether a build lost what the last release had. */
@NullMarked
package dev.horizon.perf.gate;

import org.jspecify.annotations.NullMarked;
