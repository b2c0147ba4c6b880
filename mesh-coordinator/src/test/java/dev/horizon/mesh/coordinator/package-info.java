/** The coordinator alone: messages in, answers out. */
@NullMarked
package dev.horizon.mesh.coordinator;

import org.jspecify.annotations.NullMarked;
