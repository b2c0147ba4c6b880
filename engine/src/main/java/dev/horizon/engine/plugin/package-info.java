/** What a plugin author implements and registers. */
@NullMarked
package dev.horizon.engine.plugin;

import org.jspecify.annotations.NullMarked;
