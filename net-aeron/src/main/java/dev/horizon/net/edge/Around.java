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

    int count;
    EdgeChannel[] channel = new EdgeChannel[0];

    /** Of a cell that is not split, metres. */
    private final double edge;

    /** Each channel's cell along x, y and z, and how often that is halved. */
    private int[] cell = new int[0];

    private byte[] level = new byte[0];

    Around(double edge) {
        this.edge = edge;
    }

    /** Metres from a place to the nearest point of a channel's cell: as the rules count them. */
    double distance(int at, double x, double y, double z) {
        double own = Math.scalb(edge, -level[at]);
        double dx = distance(x, cell[at * AXES], own);
        double dy = distance(y, cell[at * AXES + 1], own);
        double dz = distance(z, cell[at * AXES + 2], own);
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    private static double distance(double place, int cell, double edge) {
        return Math.max(0, Math.max(cell * edge - place, place - (cell + 1) * edge));
    }

    boolean contains(EdgeChannel one) {
        for (int i = 0; i < count; i++) {
            if (channel[i] == one) {
                return true;
            }
        }
        return false;
    }

    void add(EdgeChannel one) {
        if (count == channel.length) {
            int capacity = Math.max(FIRST, count + count / 2);
            channel = Arrays.copyOf(channel, capacity);
            cell = Arrays.copyOf(cell, capacity * AXES);
            level = Arrays.copyOf(level, capacity);
        }
        channel[count] = one;
        cell[count * AXES] = ChannelId.cellX(one.id);
        cell[count * AXES + 1] = ChannelId.cellY(one.id);
        cell[count * AXES + 2] = ChannelId.cellZ(one.id);
        level[count] = (byte) ChannelId.level(one.id);
        count++;
    }

    /** Leaves out what the gateway has no more. */
    void tidy() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!channel[i].isForgotten()) {
                channel[kept] = channel[i];
                System.arraycopy(cell, i * AXES, cell, kept * AXES, AXES);
                level[kept] = level[i];
                kept++;
            }
        }
        Arrays.fill(channel, kept, count, null);
        count = kept;
    }
}
