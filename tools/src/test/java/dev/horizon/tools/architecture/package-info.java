/** Rules of the house that a test holds rather than a reviewer. */
@NullMarked
package dev.horizon.tools.architecture;

import org.jspecify.annotations.NullMarked;
