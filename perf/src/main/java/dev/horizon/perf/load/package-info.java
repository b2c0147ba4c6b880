/**
 * Thousands of players in one process that costs little: one event loop, sockets that are read
 * without being decoded further than needed. Started, told what to do and asked by a benchmark.
 */
@NullMarked
package dev.horizon.perf.load;

import org.jspecify.annotations.NullMarked;
