/**
 * A running node seen from outside: the HTTP API under {@code /api}, {@code /health} and {@code
 * /metrics}, and the query language.
 */
@NullMarked
package dev.horizon.tools.live;

import org.jspecify.annotations.NullMarked;
