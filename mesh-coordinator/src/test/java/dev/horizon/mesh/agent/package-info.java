/** Tests of a node's side of the coordinator. */
@NullMarked
package dev.horizon.mesh.agent;

import org.jspecify.annotations.NullMarked;
