/** The messages' form. */
@NullMarked
package dev.horizon.mesh.protocol;

import org.jspecify.annotations.NullMarked;
