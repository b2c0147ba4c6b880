/** Players that a plan asks for: real clients, many on one thread, whose choices come of a seed. */
@NullMarked
package dev.horizon.tools.soak.bots;

import org.jspecify.annotations.NullMarked;
