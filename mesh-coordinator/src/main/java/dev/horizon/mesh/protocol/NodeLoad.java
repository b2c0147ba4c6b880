package dev.horizon.mesh.protocol;

/**
 * How a node fares, as it reports it.
 *
 * @param tick the last that it did
 * @param heardTick the newest that a subscriber has received
 * @param tickMicros 99th percentile of the work of recent ticks, us
 * @param budgetMicros what a tick may take, us
 * @param dilationPermille simulated to real time; 1000 undilated
 * @param sessions players
 * @param entities in its world
 * @param toLeave of them, those that are still to go with regions that leave
 */
public record NodeLoad(
        long tick,
        long heardTick,
        int tickMicros,
        int budgetMicros,
        int dilationPermille,
        int sessions,
        int entities,
        int toLeave) {
    /** Work of a tick to its budget, in per cent; at least 100 while time is dilated. */
    public int percent() {
        int share = budgetMicros <= 0 ? 0 : (int) (tickMicros * 100L / budgetMicros);
        return dilationPermille < 1000 ? Math.max(share, 100) : share;
    }

    /** Before the first report. */
    public static final NodeLoad NONE = new NodeLoad(0, 0, 0, 0, 1000, 0, 0, 0);
}
