/** What plugins cost, and what their faults touch. */
@NullMarked
package dev.horizon.perf.plugins;

import org.jspecify.annotations.NullMarked;
