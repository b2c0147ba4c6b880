/** Tapes that tests record without a node. */
@NullMarked
package dev.horizon.tools.tape;

import org.jspecify.annotations.NullMarked;
