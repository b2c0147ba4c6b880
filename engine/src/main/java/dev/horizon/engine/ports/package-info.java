/** What the engine needs from outside, as interfaces: net-aeron and tests implement them. */
@NullMarked
package dev.horizon.engine.ports;

import org.jspecify.annotations.NullMarked;
