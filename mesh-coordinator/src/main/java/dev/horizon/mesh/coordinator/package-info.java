/** The mesh's brain as a pure state machine: messages and the cluster's time in, messages out. */
@NullMarked
package dev.horizon.mesh.coordinator;

import org.jspecify.annotations.NullMarked;
