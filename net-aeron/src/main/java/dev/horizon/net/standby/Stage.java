package dev.horizon.net.standby;

/** What a standby is to a node, in the order in which it becomes that; the wire has the number. */
public enum Stage {
    /** It has none, or none any more: the one spoken to will never take over. */
    NONE,
    /** It gets a copy of the world. */
    COPYING,
    /** It records the tape and runs it, and is behind. */
    CATCHING_UP,
    /** The node holds back what it hasn't recorded, and waits until it has all that has left. */
    ATTACHING,
    /** It may take over. */
    ATTACHED,
    /** It is asked never to take over. */
    DETACHING,
    /** It has taken over: this node speaks no more. */
    REPLACED
}
