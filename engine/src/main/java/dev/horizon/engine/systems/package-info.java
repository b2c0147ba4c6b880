/** Systems: code that runs over ranges of rows with declared reads and writes. */
@NullMarked
package dev.horizon.engine.systems;

import org.jspecify.annotations.NullMarked;
