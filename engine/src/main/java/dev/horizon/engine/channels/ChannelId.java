package dev.horizon.engine.channels;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;

/**
 * A channel's 64 bits: size class (2), tier (2), and the cell: its level (3) and three coordinates
 * (19 each, two's complement) in edges of that level. A coordinate and a bit of the level share 20
 * bits, of which the first is the coordinate's sign, inverted where the level's bit is set: so the
 * ids of cells that never split are plain coordinates of 20 bits. All functions are pure and
 * allocate nothing.
 */
public final class ChannelId {
    /** Greatest coordinate of a cell; the least is its negative. */
    public static final int CELL_MAX = (1 << 18) - 1;

    /** Cells of this level don't split. */
    public static final int LEVEL_MAX = 3;

    /** Cells into which one splits. */
    public static final int PARTS = 8;

    private static final int FIELD_BITS = 20;
    private static final long FIELD_MASK = (1L << FIELD_BITS) - 1;
    private static final long CELL_MASK = (1L << (3 * FIELD_BITS)) - 1;
    private static final int WHOLE_LEVEL = 7;
    private static final long WHOLE_CELL = cellBits(WHOLE_LEVEL, 0, 0, 0);
    private static final long STREAM_MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final double[] PARTS_OF_EDGE = {1, 0.5, 0.25, 0.125};
    private static final SizeClass[] SIZE_CLASSES = SizeClass.values();
    private static final Tier[] TIERS = Tier.values();

    private ChannelId() {}

    /**
     * Packs the id of a cell of level 0.
     *
     * @throws IllegalArgumentException when a coordinate is beyond {@link #CELL_MAX}
     */
    public static long of(SizeClass sizeClass, Tier tier, int cellX, int cellY, int cellZ) {
        return of(sizeClass, tier, 0, cellX, cellY, cellZ);
    }

    /**
     * Packs an id.
     *
     * @param level 0 to {@link #LEVEL_MAX}
     * @throws IllegalArgumentException when there is no such level, or a coordinate is beyond
     *     {@link #CELL_MAX}
     */
    public static long of(
            SizeClass sizeClass, Tier tier, int level, int cellX, int cellY, int cellZ) {
        if (level < 0 || level > LEVEL_MAX) {
            throw new IllegalArgumentException("level " + level + " is beyond " + LEVEL_MAX);
        }
        if (!isCell(cellX) || !isCell(cellY) || !isCell(cellZ)) {
            throw new IllegalArgumentException(
                    "cell " + cellX + "," + cellY + "," + cellZ + " is beyond +-" + CELL_MAX);
        }
        return pack(sizeClass.ordinal(), tier.ordinal(), level, cellX, cellY, cellZ);
    }

    static long pack(int sizeClass, int tier, int cellX, int cellY, int cellZ) {
        return pack(sizeClass, tier, 0, cellX, cellY, cellZ);
    }

    static long pack(int sizeClass, int tier, int level, int cellX, int cellY, int cellZ) {
        return ((long) sizeClass << 62)
                | ((long) tier << 60)
                | cellBits(level, cellX, cellY, cellZ);
    }

    private static long cellBits(int level, int cellX, int cellY, int cellZ) {
        return (field(cellX, level >> 2) << (2 * FIELD_BITS))
                | (field(cellY, level >> 1) << FIELD_BITS)
                | field(cellZ, level);
    }

    private static long field(int coordinate, int levelBit) {
        return (coordinate ^ (levelBit & 1) << (FIELD_BITS - 1)) & FIELD_MASK;
    }

    static boolean isCell(int coordinate) {
        return coordinate >= -CELL_MAX && coordinate <= CELL_MAX;
    }

    /** The id that stands for all channels of a size class at a tier. */
    public static long whole(SizeClass sizeClass, Tier tier) {
        return pack(sizeClass.ordinal(), tier.ordinal(), WHOLE_LEVEL, 0, 0, 0);
    }

    /** The {@link #whole} id that covers a channel. */
    public static long wholeOf(long channelId) {
        return (channelId & ~CELL_MASK) | WHOLE_CELL;
    }

    /** True for an id made by {@link #whole}. */
    public static boolean isWhole(long channelId) {
        return wholeOf(channelId) == channelId;
    }

    /** True when the id names one cell. */
    public static boolean isChannel(long channelId) {
        return level(channelId) <= LEVEL_MAX
                && isCell(cellX(channelId))
                && isCell(cellY(channelId))
                && isCell(cellZ(channelId));
    }

    /** How often its cell is halved: 0 for the largest. */
    public static int level(long channelId) {
        long differ = channelId ^ channelId << 1;
        return (int) (differ >>> 57) & 4 | (int) (differ >>> 38) & 2 | (int) (differ >>> 19) & 1;
    }

    /** The cell of level 0 that a cell is part of; itself for one of level 0. */
    public static long base(long channelId) {
        int level = level(channelId);
        return level == 0 || level > LEVEL_MAX ? channelId : ancestor(channelId, level, 0);
    }

    /** The cell that a cell of level 1 or more is a part of. */
    static long parent(long channelId) {
        int level = level(channelId);
        return ancestor(channelId, level, level - 1);
    }

    private static long ancestor(long channelId, int level, int upTo) {
        int up = level - upTo;
        return (channelId & ~CELL_MASK)
                | cellBits(
                        upTo,
                        cellX(channelId) >> up,
                        cellY(channelId) >> up,
                        cellZ(channelId) >> up);
    }

    /** True when a channel's cell is another's, or a part of it. */
    public static boolean covers(long channelId, long part) {
        int level = level(channelId);
        int below = level(part);
        return channelId == part
                || (below > level
                        && below <= LEVEL_MAX
                        && ancestor(part, below, level) == channelId);
    }

    /** True when what is in one cell may move to the other: it is a part of it, or the reverse. */
    public static boolean isRecut(long from, long to) {
        return from != to
                && isChannel(from)
                && isChannel(to)
                && (covers(from, to) || covers(to, from));
    }

    /** True when a cell may split: its parts have coordinates. */
    static boolean canSplit(long channelId) {
        return level(channelId) < LEVEL_MAX
                && Math.abs(cellX(channelId)) <= CELL_MAX / 2
                && Math.abs(cellY(channelId)) <= CELL_MAX / 2
                && Math.abs(cellZ(channelId)) <= CELL_MAX / 2;
    }

    /** Edge of a cell, of the edge of level 0. */
    public static double edge(long channelId, double baseEdgeMetres) {
        return baseEdgeMetres * PARTS_OF_EDGE[level(channelId)];
    }

    /** The size class. */
    public static SizeClass sizeClass(long channelId) {
        return SIZE_CLASSES[(int) (channelId >>> 62)];
    }

    /** The tier. */
    public static Tier tier(long channelId) {
        return TIERS[(int) (channelId >>> 60) & 3];
    }

    /** The cell's first coordinate. */
    public static int cellX(long channelId) {
        return (int) (channelId << 5 >> 45);
    }

    /** The cell's second coordinate. */
    public static int cellY(long channelId) {
        return (int) (channelId << 25 >> 45);
    }

    /** The cell's third coordinate. */
    public static int cellZ(long channelId) {
        return (int) (channelId << 45 >> 45);
    }

    /** Metres of a cell's middle along one axis: the origin of its narrow coordinates. */
    public static double middle(int cell, double edgeMetres) {
        return (cell + 0.5) * edgeMetres;
    }

    /**
     * Which of the tier's streams carries the channel, 0 to {@code streams - 1}: all parts of a
     * cell go the way of the whole, so that what they say arrives in order.
     */
    public static int stream(long channelId, int streams) {
        return (int) (((base(channelId) * STREAM_MULTIPLIER) >>> 32) % streams);
    }

    /**
     * The id for people, such as {@code CRAFT/CLOSE/3,-2,0}, or {@code CRAFT/CLOSE/6,-4,1/2} for a
     * cell of level 2.
     */
    public static String text(long channelId) {
        String place = "*";
        if (!isWhole(channelId)) {
            int level = level(channelId);
            place = cellX(channelId) + "," + cellY(channelId) + "," + cellZ(channelId);
            place += level == 0 ? "" : "/" + level;
        }
        return sizeClass(channelId) + "/" + tier(channelId) + "/" + place;
    }
}
