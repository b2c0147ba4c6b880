/** What a person asks of entities: conditions over components as plain values. */
@NullMarked
package dev.horizon.engine.query;

import org.jspecify.annotations.NullMarked;
