/** What a plugin's code may take of a tick, counted where it is called. */
@NullMarked
package dev.horizon.engine.budget;

import org.jspecify.annotations.NullMarked;
