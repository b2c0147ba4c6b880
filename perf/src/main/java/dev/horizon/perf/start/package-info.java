/** How long a person waits: from the command to ticks, and to ships. */
@NullMarked
package dev.horizon.perf.start;

import org.jspecify.annotations.NullMarked;
