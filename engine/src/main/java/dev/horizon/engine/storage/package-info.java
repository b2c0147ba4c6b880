/**
 * The world's state: tables of packed columns, where each entity's row is, who rides in whom, and
 * how structure changes, hashes and snapshots are made. One writer: the tick thread.
 */
@NullMarked
package dev.horizon.engine.storage;

import org.jspecify.annotations.NullMarked;
