/** Processes that a benchmark starts, watches and stops: nodes, gateways, players. */
@NullMarked
package dev.horizon.perf.processes;

import org.jspecify.annotations.NullMarked;
