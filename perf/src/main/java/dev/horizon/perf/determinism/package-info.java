/**
 * Proof that equal inputs give equal bits: thread counts, compilers and collectors side by side.
 */
@NullMarked
package dev.horizon.perf.determinism;

import org.jspecify.annotations.NullMarked;
