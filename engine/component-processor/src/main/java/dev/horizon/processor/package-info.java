/**
 * Writes the column class of each component record while the compiler runs. Knows the engine's
 * annotations by name alone, so that it depends on nothing.
 */
@NullMarked
package dev.horizon.processor;

import org.jspecify.annotations.NullMarked;
