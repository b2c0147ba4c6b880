package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.EntityId;

/**
 * A change of a guild, as its home tells it to all nodes, which keep copies. Each says how things
 * are, so that one that comes twice changes nothing.
 */
public sealed interface News {
    /** Which guild; its home is the node of this id's block. */
    EntityId guild();

    /** It is so, with no member yet: what was known of it before is forgotten. */
    record Founded(EntityId guild, String name, String tag, long credits) implements News {}

    /** A player belongs to it, with this rank, and plays on a node, or on none (0). */
    record Entered(EntityId guild, long playerId, String name, Rank rank, int node)
            implements News {}

    /** A player doesn't belong to it any more. */
    record Left(EntityId guild, long playerId) implements News {}

    /** So much is in its account. */
    record Holds(EntityId guild, long credits) implements News {}

    /** It is no more, or was not founded after all. */
    record Ended(EntityId guild) implements News {}
}
