package dev.horizon.plugins.sol;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * What the system wants back when a ship is lost: another one of its design with its first orders.
 *
 * @param design of the ship
 * @param home station near which it is put, or {@link EntityId#NONE} for a place
 * @param x metres, from the home or in the system's axes
 * @param y metres
 * @param z metres
 */
@Component
public record Posting(Design design, EntityId home, double x, double y, double z) {}
