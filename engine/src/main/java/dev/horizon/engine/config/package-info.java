/** Configuration: trees of plain values bound to records, with errors that name the key. */
@NullMarked
package dev.horizon.engine.config;

import org.jspecify.annotations.NullMarked;
