/**
 * Events for Java's flight recorder: what a recording of a node says of ticks, systems and
 * transfers. Nothing is measured for them unless one runs, and no tick reads them.
 */
@NullMarked
package dev.horizon.engine.telemetry;

import org.jspecify.annotations.NullMarked;
