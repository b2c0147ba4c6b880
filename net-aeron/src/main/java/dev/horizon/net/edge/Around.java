package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelId;
import java.util.Arrays;

/**
 * Channels of one kind that are near a cell, and where their own cells are, side by side in memory:
 * most are out of a viewer's reach, and need not be looked at to know that.
 */
final class Around {
    private static final int FIRST = 4;
    private static final int AXES = 3;

    /** Low and high of each axis. */
    private static final int BOUNDS = 2 * AXES;

    int count;
    EdgeChannel[] channel = new EdgeChannel[0];

    /** Metres. */
    private double[] bounds = new double[0];

    /** Metres from a place to the nearest point of a channel's cell: as the rules count them. */
    double distance(int at, double x, double y, double z) {
        double dx = distance(at * BOUNDS, x);
        double dy = distance(at * BOUNDS + 2, y);
        double dz = distance(at * BOUNDS + 4, z);
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    private double distance(int at, double place) {
        return Math.max(0, Math.max(bounds[at] - place, place - bounds[at + 1]));
    }

    boolean contains(EdgeChannel one) {
        for (int i = 0; i < count; i++) {
            if (channel[i] == one) {
                return true;
            }
        }
        return false;
    }

    void add(EdgeChannel one, double baseEdge) {
        if (count == channel.length) {
            int capacity = Math.max(FIRST, count + count / 2);
            channel = Arrays.copyOf(channel, capacity);
            bounds = Arrays.copyOf(bounds, capacity * BOUNDS);
        }
        channel[count] = one;
        double edge = ChannelId.edge(one.id, baseEdge);
        bound(0, ChannelId.cellX(one.id), edge);
        bound(1, ChannelId.cellY(one.id), edge);
        bound(2, ChannelId.cellZ(one.id), edge);
        count++;
    }

    private void bound(int axis, int cell, double edge) {
        int at = count * BOUNDS + 2 * axis;
        bounds[at] = cell * edge;
        bounds[at + 1] = (cell + 1) * edge;
    }

    /** Leaves out what the gateway has no more. */
    void tidy() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!channel[i].isForgotten()) {
                channel[kept] = channel[i];
                System.arraycopy(bounds, i * BOUNDS, bounds, kept * BOUNDS, BOUNDS);
                kept++;
            }
        }
        Arrays.fill(channel, kept, count, null);
        count = kept;
    }
}
