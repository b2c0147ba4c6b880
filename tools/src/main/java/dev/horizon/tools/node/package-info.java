/** A whole node: engine, network and plugins put together, started and stopped in order. */
@NullMarked
package dev.horizon.tools.node;

import org.jspecify.annotations.NullMarked;
