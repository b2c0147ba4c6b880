/** The coordinator on Aeron Cluster: members, and the way to them. */
@NullMarked
package dev.horizon.mesh.cluster;

import org.jspecify.annotations.NullMarked;
