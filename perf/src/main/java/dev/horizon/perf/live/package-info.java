/** The demo star system as a node ticks it, with encoder, streams and tape: what its tick costs. */
@NullMarked
package dev.horizon.perf.live;

import org.jspecify.annotations.NullMarked;
