package dev.horizon.ecs.cargo;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * An effect: units are to move from one hold or store to another. As many move as there are and as
 * fit; the rest stays where it is.
 *
 * @param from entity with a {@link Hold} or a {@link Store}
 * @param to entity with a {@link Hold} or a {@link Store}
 * @param commodity which
 * @param units at most
 */
@Component
public record CargoTransfer(EntityId from, EntityId to, Commodity commodity, int units) {}
