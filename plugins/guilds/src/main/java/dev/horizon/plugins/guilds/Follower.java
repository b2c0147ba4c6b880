package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * A node that has been sent every change of this node's guilds since it was told of them all.
 *
 * @param node its number
 * @param upTo the last guild that it was told of; those of higher ids are still to come
 */
@Component
record Follower(int node, EntityId upTo) {}
