/**
 * Thousands of connections in one process that cost little: one event loop, messages that are read
 * where they lie and no further than needed. For who loads a server as its players do, and
 * measures.
 */
@NullMarked
package dev.horizon.net.crowd;

import org.jspecify.annotations.NullMarked;
