/** What the tape costs: capturing, snapshots, and going on after a kill. */
@NullMarked
package dev.horizon.perf.tape;

import org.jspecify.annotations.NullMarked;
