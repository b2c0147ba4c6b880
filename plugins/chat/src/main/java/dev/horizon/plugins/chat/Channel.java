package dev.horizon.plugins.chat;

/** Who hears a message. The ordinals travel on the wire. */
public enum Channel {
    /** Players whose ships are near the sender's. */
    LOCAL,
    /** All players of this star system. */
    SYSTEM,
    /** All players of the galaxy: refused until star systems are joined. */
    GALAXY,
    /** One player. */
    DIRECT
}
