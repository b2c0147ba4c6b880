package dev.horizon.plugins.sol;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * Something that a player is to be told: an entity from the tick in which it happened to the next.
 *
 * @param kind what happened
 * @param playerId to whom
 * @param ship theirs
 * @param other station or killer
 */
@Component
public record Notice(Kind kind, long playerId, EntityId ship, EntityId other) {
    /** What happened. The ordinals are stored. */
    public enum Kind {
        /** The ship came into a bay. */
        DOCKED,
        /** The ship left its bay. */
        UNDOCKED,
        /** The ship is lost. */
        DESTROYED
    }
}
