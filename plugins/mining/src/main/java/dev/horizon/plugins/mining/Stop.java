package dev.horizon.plugins.mining;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * Tells that a player's laser was switched off: an entity from the tick in which it was to the
 * next.
 *
 * @param playerId whose
 * @param rock at which
 * @param reason why
 */
@Component
record Stop(long playerId, EntityId rock, Reason reason) {
    /** Why a laser stops. The ordinals are stored and travel on the wire. */
    public enum Reason {
        /** Another player has a claim on the rock. */
        CLAIMED,
        /** Nothing is left in it. */
        EMPTY,
        /** Nothing more fits into the hold. */
        FULL
    }
}
