/**
 * The world that replication is measured in: ships that all manoeuvre by one rule, at a density
 * that is set, so that what a client has to be sent is known. A plugin like any other, on the
 * public API.
 */
@NullMarked
package dev.horizon.perf.arena;

import org.jspecify.annotations.NullMarked;
