/**
 * Thousands of players on one node and its gateway: memory, processor, and how old what they see
 * is.
 */
@NullMarked
package dev.horizon.perf.fanout;

import org.jspecify.annotations.NullMarked;
