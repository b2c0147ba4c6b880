package dev.horizon.ecs.subsystems;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Tier;

/**
 * One part of a ship: a child entity that rides in it. Touched only when damaged or repaired.
 *
 * @param kind what it does
 * @param slot its place on the ship, 0 to {@link ShipSystems#SLOTS} - 1
 * @param health points left
 * @param healthMax points when whole, greater than 0
 */
@Component
@Replicated(Tier.CLOSE)
public record Subsystem(SubsystemKind kind, byte slot, float health, float healthMax) {}
