package dev.horizon.engine.channels;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.Veil;
import org.jspecify.annotations.Nullable;

/**
 * The cells of all channels: which are halved, how many are in each, and which are to split or
 * merge.
 */
final class CellTree {
    private final ChannelTable table;
    private final DueTimes[] due;
    private final int splitAbove;
    private final int mergeBelow;
    private final int mergeAfterTicks;
    private final double hysteresis;
    private final float[] edges = new float[SizeClass.values().length * Members.TIERS];
    private @Nullable Channel firstRecut;
    private long tick;

    /** Due times are by tier, filled in before the first cell is made. */
    CellTree(ChannelConfig config, ChannelTable table, DueTimes[] due) {
        this.table = table;
        this.due = due;
        splitAbove = config.splitAbove();
        mergeBelow = config.mergeBelow();
        mergeAfterTicks = config.mergeAfterTicks();
        hysteresis = config.hysteresis();
        for (SizeClass sizeClass : SizeClass.values()) {
            for (Tier tier : Tier.values()) {
                edges[sizeClass.ordinal() * Members.TIERS + tier.ordinal()] =
                        config.edgeMetres(sizeClass, tier);
            }
        }
    }

    void tick(long now) {
        tick = now;
    }

    private float edge(int sizeClass, int tier) {
        return edges[sizeClass * Members.TIERS + tier];
    }

    /** The channel, made where there is none. */
    Channel obtain(long channelId) {
        Channel channel = table.find(channelId);
        if (channel == null) {
            int sizeClass = ChannelId.sizeClass(channelId).ordinal();
            int tier = ChannelId.tier(channelId).ordinal();
            float edge = (float) ChannelId.edge(channelId, edge(sizeClass, tier));
            // An audience's large cells have the margin of everybody's: they reach as far.
            double margin = hysteresis * Math.min(edge, edge(sizeClass, tier));
            channel = table.open(channelId, edge, margin);
            if (channel.level > 0) {
                channel.join(obtain(ChannelId.parent(channelId)));
            }
            channel.phase = due[tier].phase(channelId);
            channel.emptySinceTick = tick;
        }
        return channel;
    }

    /** The channel of a place, made where there is none; null beyond all cells. */
    @Nullable Channel at(int sizeClass, int tier, int audience, double x, double y, double z) {
        if (audience != 0) {
            return ofAudience(sizeClass, tier, audience, x, y, z);
        }
        double edge = edge(sizeClass, tier);
        int cellX = CellKeeper.cell(x, edge);
        int cellY = CellKeeper.cell(y, edge);
        int cellZ = CellKeeper.cell(z, edge);
        if (!ChannelId.isCell(cellX) || !ChannelId.isCell(cellY) || !ChannelId.isCell(cellZ)) {
            return null;
        }
        Channel channel = obtain(ChannelId.pack(sizeClass, tier, cellX, cellY, cellZ));
        while (channel.split) {
            channel = part(channel, x, y, z);
        }
        return channel;
    }

    private @Nullable Channel ofAudience(
            int sizeClass, int tier, int audience, double x, double y, double z) {
        double edge = edge(sizeClass, tier) * ChannelId.AUDIENCE_EDGES;
        int cellX = CellKeeper.cell(x, edge);
        int cellY = CellKeeper.cell(y, edge);
        int cellZ = CellKeeper.cell(z, edge);
        if (!Veil.isAudience(audience)
                || !ChannelId.isAudienceCell(cellX)
                || !ChannelId.isAudienceCell(cellY)
                || !ChannelId.isAudienceCell(cellZ)) {
            return null;
        }
        return obtain(ChannelId.packAudience(sizeClass, tier, audience, cellX, cellY, cellZ));
    }

    /** The part of a cell that is nearest to a place, made where there is none. */
    Channel part(Channel channel, double x, double y, double z) {
        double half = channel.edge / 2;
        return obtain(
                ChannelId.pack(
                        channel.sizeClass,
                        channel.tier,
                        channel.level + 1,
                        half(ChannelId.cellX(channel.id), half, x),
                        half(ChannelId.cellY(channel.id), half, y),
                        half(ChannelId.cellZ(channel.id), half, z)));
    }

    private static int half(int cell, double half, double place) {
        int upper = 2 * cell + 1;
        return place >= upper * half ? upper : upper - 1;
    }

    /** True when a cell holds so many that it is to split. */
    boolean isThick(Channel channel) {
        return channel.roots > splitAbove
                && splitAbove > 0
                && !channel.split
                && ChannelId.canSplit(channel.id);
    }

    /** True when the parts of a cell have held so few for so long that they are to merge. */
    boolean isThin(Channel channel) {
        if (!channel.split
                || channel.thinSinceTick == Channel.NEVER
                || tick - channel.thinSinceTick < mergeAfterTicks) {
            return false;
        }
        for (Channel part = channel.firstPart; part != null; part = part.nextPart) {
            if (part.split) {
                return false;
            }
        }
        return true;
    }

    /** A cell is to be looked at: it may have to split, or its parts to merge. */
    void wantRecut(Channel channel) {
        if (!channel.recut) {
            channel.recut = true;
            channel.nextRecut = firstRecut;
            firstRecut = channel;
        }
    }

    /** Takes the whole list of those; each is no longer marked once it is visited. */
    @Nullable Channel takeRecuts() {
        Channel first = firstRecut;
        firstRecut = null;
        return first;
    }

    /** So many more roots are in a channel. */
    void count(Channel channel, int roots) {
        channel.roots += roots;
        for (Channel whole = channel.parent; whole != null; whole = whole.parent) {
            whole.below += roots;
            if (whole.below >= mergeBelow) {
                whole.thinSinceTick = Channel.NEVER;
            } else if (whole.thinSinceTick == Channel.NEVER) {
                whole.thinSinceTick = tick;
            }
        }
    }
}
