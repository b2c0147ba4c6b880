package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.MaxLength;

/**
 * A guild to be, at its home, while other nodes are asked whether name and tag are free. Its entity
 * has the founder's money, and becomes the guild.
 *
 * @param name the guild's
 * @param tag the guild's
 * @param playerId who founds it
 * @param player their name
 * @param missing nodes that haven't answered
 * @param expiresAt tick after which it is given up
 */
@Component
record Founding(
        @MaxLength(24) String name,
        @MaxLength(5) String tag,
        long playerId,
        @MaxLength(64) String player,
        int missing,
        long expiresAt) {
    /** One more node has answered. */
    Founding oneLess() {
        return new Founding(name, tag, playerId, player, missing - 1, expiresAt);
    }
}
