package dev.horizon.engine.channels;

import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;

/** Keeps roots in the cells that their places call for, with hysteresis, tier by tier. */
final class CellKeeper {
    private static final SizeClass[] SIZE_CLASSES = SizeClass.values();
    private static final Tier[] TIERS = Tier.values();

    private final Channels channels;
    private final Members members;
    private final double[] margins = new double[SIZE_CLASSES.length * Members.TIERS];
    private long outOfRange;

    CellKeeper(ChannelConfig config, Channels channels) {
        this.channels = channels;
        this.members = channels.members;
        for (SizeClass sizeClass : SIZE_CLASSES) {
            for (Tier tier : TIERS) {
                margins[sizeClass.ordinal() * Members.TIERS + tier.ordinal()] =
                        config.marginMetres(sizeClass, tier);
            }
        }
    }

    long outOfRange() {
        return outOfRange;
    }

    /** Puts a root into the cells that its place calls for, tier by tier. */
    void assignCells(int member, TableView view, int row) {
        PositionColumn position = view.position;
        if (position == null) {
            return;
        }
        double x = position.x[row];
        double y = position.y[row];
        double z = position.z[row];
        int sizeClass = members.sizeClass[member];
        double[] box = members.box;
        int at = member * Members.BOX_STRIDE;
        Arrays.fill(box, at, at + 3, Double.NEGATIVE_INFINITY);
        Arrays.fill(box, at + 3, at + 6, Double.POSITIVE_INFINITY);
        for (int tier = 0; tier < Members.TIERS; tier++) {
            double edge = channels.edge(sizeClass, tier);
            double margin = margins[sizeClass * Members.TIERS + tier];
            Channel channel = members.channel[member * Members.TIERS + tier];
            if (channel == null || !isInside(channel.id, edge, margin, x, y, z)) {
                channels.leave(member, tier, false);
                int cellX = cell(x, edge);
                int cellY = cell(y, edge);
                int cellZ = cell(z, edge);
                if (!ChannelId.isCell(cellX)
                        || !ChannelId.isCell(cellY)
                        || !ChannelId.isCell(cellZ)) {
                    outOfRange++;
                    // No place is inside, so that the next move asks again.
                    box[at] = Double.POSITIVE_INFINITY;
                    continue;
                }
                channel = channels.obtain(ChannelId.pack(sizeClass, tier, cellX, cellY, cellZ));
                channels.enter(member, tier, channel);
            }
            shrink(box, at, ChannelId.cellX(channel.id), edge, margin);
            shrink(box, at + 1, ChannelId.cellY(channel.id), edge, margin);
            shrink(box, at + 2, ChannelId.cellZ(channel.id), edge, margin);
        }
    }

    private static void shrink(double[] box, int at, int cell, double edge, double margin) {
        box[at] = Math.max(box[at], cell * edge - margin);
        box[at + 3] = Math.min(box[at + 3], (cell + 1) * edge + margin);
    }

    private static boolean isInside(
            long channelId, double edge, double margin, double x, double y, double z) {
        return isInside(ChannelId.cellX(channelId), edge, margin, x)
                && isInside(ChannelId.cellY(channelId), edge, margin, y)
                && isInside(ChannelId.cellZ(channelId), edge, margin, z);
    }

    private static boolean isInside(int cell, double edge, double margin, double place) {
        return place >= cell * edge - margin && place <= (cell + 1) * edge + margin;
    }

    /** The cell of a place; beyond all cells for one that isn't a number. */
    static int cell(double place, double edge) {
        double cell = Math.floor(place / edge);
        return cell >= -ChannelId.CELL_MAX && cell <= ChannelId.CELL_MAX
                ? (int) cell
                : Integer.MAX_VALUE;
    }
}
