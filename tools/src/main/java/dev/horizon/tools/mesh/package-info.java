/** {@code horizon mesh up}: a mesh of processes on this machine, watched, on one page. */
@NullMarked
package dev.horizon.tools.mesh;

import org.jspecify.annotations.NullMarked;
