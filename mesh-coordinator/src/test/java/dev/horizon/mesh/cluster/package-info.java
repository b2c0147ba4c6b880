/** Members and links over real streams on loopback. */
@NullMarked
package dev.horizon.mesh.cluster;

import org.jspecify.annotations.NullMarked;
