package dev.horizon.engine.ports;

import org.agrona.DirectBuffer;

/**
 * Where the profiles of players go: at login, at logout and every few seconds between. Called by
 * the tick thread once the tick's inputs are recorded; never waits.
 */
public interface ProfileSink {
    /**
     * Takes one player's profile; name and owned entities stand in one buffer, valid during the
     * call.
     *
     * @param playerId the player's number
     * @param tick at whose end the profile held; a store keeps the latest
     * @param x metres: the last place, or NaN where the player had none (keep what is known)
     * @param y metres
     * @param z metres
     * @param nameLength bytes of the name in UTF-8, from {@code offset} on
     * @param ownedLength bytes of what the player owns, behind the name, in the engine's own form
     * @return false when it can't be taken now: the same profile is offered again later
     */
    boolean store(
            long playerId,
            long tick,
            double x,
            double y,
            double z,
            DirectBuffer buffer,
            int offset,
            int nameLength,
            int ownedLength);
}
