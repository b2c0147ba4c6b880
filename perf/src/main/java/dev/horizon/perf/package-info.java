/** Benchmarks: what a tick costs, part by part. */
@NullMarked
package dev.horizon.perf;

import org.jspecify.annotations.NullMarked;
