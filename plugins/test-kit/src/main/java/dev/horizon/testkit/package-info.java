/** A world in a test: the real engine around any plugin, virtual ticks, fake players. */
@NullMarked
package dev.horizon.testkit;

import org.jspecify.annotations.NullMarked;
