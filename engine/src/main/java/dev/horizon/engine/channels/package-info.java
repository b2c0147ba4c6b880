/**
 * Replication: which channel an entity is published in, what of it each tier says and when, and
 * what a receiver makes of the frames. The rules are written down in {@code docs/replication.md}.
 */
@NullMarked
package dev.horizon.engine.channels;

import org.jspecify.annotations.NullMarked;
