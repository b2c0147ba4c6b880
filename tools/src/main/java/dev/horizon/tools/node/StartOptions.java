package dev.horizon.tools.node;

/**
 * How a node starts.
 *
 * @param isOpen its streams leave the process, for gateways of others
 * @param isNewWorld begins a new world where the folder holds one; that one's tape stays
 * @param isAlone an operator vouches that no other process speaks for the folder's world, as its
 *     standby might
 */
public record StartOptions(boolean isOpen, boolean isNewWorld, boolean isAlone) {
    /** Of a node that nobody vouches for. */
    public StartOptions(boolean isOpen, boolean isNewWorld) {
        this(isOpen, isNewWorld, false);
    }

    /** A node of one process that goes on with its world, if there is one. */
    public static StartOptions standard() {
        return new StartOptions(false, false);
    }
}
