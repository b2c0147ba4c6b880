package dev.horizon.tools.live;

/**
 * A node and its standby, as one of them sees it.
 *
 * @param role node, or standby
 * @param stage none, copying, catching-up, attaching, attached, detaching or replaced, as the node
 *     says
 * @param attached true while the standby may take over
 * @param survivor who goes on alone: standby, node or operator; empty while a standby hasn't heard
 * @param tick the last of the node
 * @param verifiedTick the last that the standby ran again; 0 where there is none
 * @param behindBytes of the tape that the standby hasn't recorded, or the node doesn't know of; 0
 *     where there is none
 * @param silentMillis since the other was heard
 * @param alarm what came to another world at the standby; empty when nothing
 */
public record StandbyStatus(
        String role,
        String stage,
        boolean attached,
        String survivor,
        long tick,
        long verifiedTick,
        long behindBytes,
        long silentMillis,
        String alarm) {
    /** Of a node that takes none. */
    public static final StandbyStatus NONE =
            new StandbyStatus("node", "none", false, "", 0, 0, 0, 0, "");
}
