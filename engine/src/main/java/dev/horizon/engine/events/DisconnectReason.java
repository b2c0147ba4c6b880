package dev.horizon.engine.events;

/** Why a session ended. The order is that of the wire form. */
public enum DisconnectReason {
    /** The client said goodbye. */
    LEFT,
    /** The connection broke and nobody resumed in time. */
    CONNECTION_LOST,
    /** Nothing was heard for longer than the heartbeat allows. */
    TIMED_OUT,
    /** The client didn't read what it was sent. */
    TOO_SLOW,
    /** The same player logged in again. */
    REPLACED,
    /** The client sent what no client may send. */
    PROTOCOL_ERROR,
    /** The node is stopping. */
    NODE_STOPPING,
    /** An operator or a plugin ended it. */
    KICKED
}
