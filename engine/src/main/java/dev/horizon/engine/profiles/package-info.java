/**
 * What is kept of players between their visits: a journal is the truth, an off-heap map its view.
 * The tick knows profiles only as recorded inputs and as what it hands to a sink.
 */
@NullMarked
package dev.horizon.engine.profiles;

import org.jspecify.annotations.NullMarked;
