package dev.horizon.engine.events;

import dev.horizon.engine.world.EntityId;

/**
 * An entity is about to leave for another node, with all that rides in it; its systems have run for
 * this tick, and run for the next one there. What handlers write into its components, add to them
 * or let ride in it goes along, and is aboard for the handlers behind them; afterwards it isn't
 * here any more.
 *
 * <p>A handler may {@linkplain EventContext#refuse refuse}: the entity stays, and who asked for the
 * transfer is told why. Who may refuse takes an early priority: what handlers before it have
 * written stays written.
 *
 * @param entity that leaves
 */
@Refusable
public record EntityLeaving(EntityId entity) {}
