/** {@code bench mesh}: what a mesh does while its processes are killed, and how much it carries. */
@NullMarked
package dev.horizon.perf.mesh;

import org.jspecify.annotations.NullMarked;
