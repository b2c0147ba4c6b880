/** Orbits: bodies and stations on Kepler ellipses, nested around each other. */
@NullMarked
package dev.horizon.ecs.orbits;

import org.jspecify.annotations.NullMarked;
