/**
 * What a gateway decides without any socket: what it knows of the world near its players, which of
 * it each of them holds, and one message per player and tick that says what is new of it. The rules
 * are those of {@code docs/replication.md}. One thread's alone.
 */
@NullMarked
package dev.horizon.net.edge;

import org.jspecify.annotations.NullMarked;
