/** Cargo and mining: holds, stores, ore, and transfers that conserve every unit. */
@NullMarked
package dev.horizon.ecs.cargo;

import org.jspecify.annotations.NullMarked;
