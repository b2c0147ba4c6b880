/** {@code horizon soak}: runs a plan against a node, and reads once a second what comes of it. */
@NullMarked
package dev.horizon.tools.soak;

import org.jspecify.annotations.NullMarked;
