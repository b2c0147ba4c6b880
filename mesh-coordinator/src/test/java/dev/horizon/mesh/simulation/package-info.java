/**
 * The real coordinator and the real agents, stepped by one thread over a network made of a seed.
 */
@NullMarked
package dev.horizon.mesh.simulation;

import org.jspecify.annotations.NullMarked;
