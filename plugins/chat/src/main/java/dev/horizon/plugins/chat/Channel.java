package dev.horizon.plugins.chat;

/** Who hears a message. The ordinals travel on the wire. */
public enum Channel {
    /** Players whose ships are near the sender's. */
    LOCAL,
    /** All players of this node. */
    SYSTEM,
    /** All players of all nodes of the mesh, of whichever star system. */
    GALAXY,
    /** One player, on whichever node. */
    DIRECT
}
