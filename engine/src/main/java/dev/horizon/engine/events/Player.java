package dev.horizon.engine.events;

import dev.horizon.engine.world.EntityId;

/**
 * A player with a session on this node.
 *
 * @param id the player's own number, the same at every login
 * @param name as on the ticket
 * @param sessionId the session, constant over reconnects within one login
 * @param entity the entity that holds the session's state, for plugins to add components to; it
 *     lives from login to logout
 */
public record Player(long id, String name, long sessionId, EntityId entity) {}
