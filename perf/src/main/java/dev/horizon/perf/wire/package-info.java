/** What an update costs on the wire and to make. */
@NullMarked
package dev.horizon.perf.wire;

import org.jspecify.annotations.NullMarked;
