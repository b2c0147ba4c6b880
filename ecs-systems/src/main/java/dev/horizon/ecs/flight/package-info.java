/**
 * Flight: pilots' demands within a hull's limits become acceleration, velocity, attitude and place.
 */
@NullMarked
package dev.horizon.ecs.flight;

import org.jspecify.annotations.NullMarked;
