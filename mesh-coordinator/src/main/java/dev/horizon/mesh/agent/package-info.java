/** A node's side of the mesh: claims its regions, reports, and stops when it is told to. */
@NullMarked
package dev.horizon.mesh.agent;

import org.jspecify.annotations.NullMarked;
