package dev.horizon.engine.events;

import dev.horizon.engine.world.EntityId;

/**
 * An entity can't {@linkplain dev.horizon.engine.world.Jump jump} where it was to: it stays here,
 * and waits for nothing any more. Told of each of those that were to jump together.
 *
 * @param entity that stays
 * @param starSystem where it was to go
 * @param code why; a plugin's own where one refused
 * @param reason in words
 */
public record JumpRefused(EntityId entity, String starSystem, String code, String reason) {}
