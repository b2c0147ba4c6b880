/**
 * The arena on a node and gateway in this process: for what has to be seen from inside, such as the
 * truth beside what clients show, and the tick thread's time.
 */
@NullMarked
package dev.horizon.perf.stage;

import org.jspecify.annotations.NullMarked;
