/** A tape in the browser: what the page of {@code horizon replay serve} asks for. */
@NullMarked
package dev.horizon.tools.timeline;

import org.jspecify.annotations.NullMarked;
