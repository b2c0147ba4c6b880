package dev.horizon.tools.live;

/**
 * How a node's tape does.
 *
 * @param recording false when the Archive gave up, usually for want of room: the node pauses
 * @param heldTicks ticks whose effects wait for the recorder
 * @param pauses times that a tick waited for the recorder
 * @param dilationPermille simulated time per real time, in 1/1000
 * @param snapshots written since the start
 * @param snapshotsFailed that could not be written
 * @param snapshotTick of the last one
 * @param snapshotBytes of the last one
 */
public record TapeStatus(
        boolean recording,
        int heldTicks,
        long pauses,
        int dilationPermille,
        long snapshots,
        long snapshotsFailed,
        long snapshotTick,
        long snapshotBytes) {}
