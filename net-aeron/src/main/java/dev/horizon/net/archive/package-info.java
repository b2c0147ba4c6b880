/**
 * What must outlive {@code kill -9}, recorded by the Archive: the tape of ticks and the journal of
 * profiles.
 */
@NullMarked
package dev.horizon.net.archive;

import org.jspecify.annotations.NullMarked;
