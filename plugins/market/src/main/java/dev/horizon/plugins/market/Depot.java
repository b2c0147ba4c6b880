package dev.horizon.plugins.market;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Key;

/**
 * Marks a store at a station that keeps what a player bought there, or took out of the book, until
 * they collect it.
 *
 * @param playerId whose
 * @param station where
 */
@Component
public record Depot(@Key long playerId, EntityId station) {}
