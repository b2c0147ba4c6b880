package dev.horizon.net.gateway;

/**
 * What a ticket says once its signature held.
 *
 * @param kind what it is good for
 * @param player who plays
 * @param expirySeconds since 1970, the last second at which it is good
 * @param nonce random, for a resume ticket the session's current one
 * @param sessionId the session to resume, 0 in a login ticket
 */
public record Ticket(Kind kind, String player, long expirySeconds, long nonce, long sessionId) {
    /** What a ticket is good for. The ordinals are wire form. */
    public enum Kind {
        /** A new session. */
        LOGIN,
        /** Going on with a session, once. */
        RESUME
    }
}
