package dev.horizon.engine.channels;

import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.Veil;
import java.util.Arrays;

/** Keeps roots in the cells that their places call for, with hysteresis, tier by tier. */
final class CellKeeper {
    private static final Tier[] TIERS = Tier.values();

    private final Channels channels;
    private final Members members;
    private long outOfRange;

    CellKeeper(Channels channels) {
        this.channels = channels;
        this.members = channels.members;
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
        int audience = members.audience[member];
        double[] box = members.box;
        int at = member * Members.BOX_STRIDE;
        Arrays.fill(box, at, at + 3, Double.NEGATIVE_INFINITY);
        Arrays.fill(box, at + 3, at + 6, Double.POSITIVE_INFINITY);
        for (int tier = 0; tier < Members.TIERS; tier++) {
            Channel channel = members.channel[member * Members.TIERS + tier];
            if (channel == null || !isInside(channel, x, y, z)) {
                channels.leave(member, tier, false);
                channel = channels.cells.at(sizeClass, tier, audience, x, y, z);
                if (channel == null) {
                    outOfRange++;
                    // No place is inside, so that the next move asks again.
                    box[at] = Double.POSITIVE_INFINITY;
                    continue;
                }
                channels.enter(member, channel);
            }
            confine(member, channel);
        }
    }

    /** Puts a veiled member without a place into its audience's channels. */
    void assignPlaceless(int member) {
        int audience = members.audience[member];
        for (int tier = 0; tier < Members.TIERS; tier++) {
            if ((members.tiers[member] & 1 << tier) != 0) {
                if (Veil.isAudience(audience)) {
                    long id = ChannelId.placeless(TIERS[tier], audience);
                    channels.enter(member, channels.cells.obtain(id));
                } else {
                    outOfRange++;
                }
            }
        }
    }

    /** Has a member ask for its cell anew when it leaves this one. */
    void confine(int member, Channel channel) {
        int at = member * Members.BOX_STRIDE;
        shrink(at, ChannelId.cellX(channel.id), channel);
        shrink(at + 1, ChannelId.cellY(channel.id), channel);
        shrink(at + 2, ChannelId.cellZ(channel.id), channel);
    }

    private void shrink(int at, int cell, Channel channel) {
        double[] box = members.box;
        double edge = channel.edge;
        box[at] = Math.max(box[at], cell * edge - channel.margin);
        box[at + 3] = Math.min(box[at + 3], (cell + 1) * edge + channel.margin);
    }

    /** True when a place is in a channel's cell, or so near that who is there may stay. */
    static boolean isInside(Channel channel, double x, double y, double z) {
        double edge = channel.edge;
        double margin = channel.margin;
        return isInside(ChannelId.cellX(channel.id), edge, margin, x)
                && isInside(ChannelId.cellY(channel.id), edge, margin, y)
                && isInside(ChannelId.cellZ(channel.id), edge, margin, z);
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
