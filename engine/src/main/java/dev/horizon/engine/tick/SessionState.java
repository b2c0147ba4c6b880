package dev.horizon.engine.tick;

import dev.horizon.engine.events.Players;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Length;
import dev.horizon.engine.world.MaxLength;

/**
 * A session, as the world holds it: captured, restored and transferred like everything else.
 *
 * @param sessionId from the gateway
 * @param playerId the player's number
 * @param gatewayId where the connection is
 * @param lostAtTick since when its gateway is gone; 0 while it isn't
 * @param lastInputSequence of the inputs taken so far; 0 before the first
 * @param resumeNonce that a reconnecting client must know
 * @param focus the entity whose place decides what the player sees
 * @param focusList what matters most after it, the first before the second; the rest is none
 * @param audiences of which the player is, ascending; the rest is 0
 * @param x last place of the focus, metres
 * @param y metres
 * @param z metres
 * @param keepsProfile false when the profile couldn't be read at login, and so must not be replaced
 * @param name of the player
 * @param remoteAddress as the gateway saw it
 */
@Component
public record SessionState(
        long sessionId,
        long playerId,
        int gatewayId,
        long lostAtTick,
        int lastInputSequence,
        long resumeNonce,
        EntityId focus,
        @Length(Players.FOCUS_LIST_MAX) EntityId[] focusList,
        @Length(Players.AUDIENCES_MAX) int[] audiences,
        double x,
        double y,
        double z,
        boolean keepsProfile,
        @MaxLength(64) String name,
        @MaxLength(64) String remoteAddress) {
    /** Bytes of a name or an address. */
    static final int TEXT_BYTES_MAX = 64;
}
