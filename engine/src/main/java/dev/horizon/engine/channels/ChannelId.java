package dev.horizon.engine.channels;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.Veil;

/**
 * A channel's 64 bits: size class (2), tier (2), and the cell: its level (3) and three coordinates
 * (19 each, two's complement) in edges of that level. A coordinate and a bit of the level share 20
 * bits, of which the first is the coordinate's sign, inverted where the level's bit is set: so the
 * ids of cells that never split are plain coordinates of 20 bits.
 *
 * <p>What only an audience may see is in channels of its own: instead of a level they have the mark
 * 4, and each of the three fields begins with six bits of the audience's number, so that 13 are
 * left for a coordinate, in cells {@link #AUDIENCE_EDGES} times as long. All functions are pure and
 * allocate nothing.
 */
public final class ChannelId {
    /** Greatest coordinate of a cell; the least is its negative. */
    public static final int CELL_MAX = (1 << 18) - 1;

    /** Cells of this level don't split. */
    public static final int LEVEL_MAX = 3;

    /** Cells into which one splits. */
    public static final int PARTS = 8;

    /** Edge of an audience's cell, of that of everybody's cells of level 0. */
    public static final int AUDIENCE_EDGES = 64;

    /** Greatest coordinate of an audience's cell. */
    static final int AUDIENCE_CELL_MAX = CELL_MAX / AUDIENCE_EDGES;

    private static final int AUDIENCE_LEVEL = 4;
    private static final int AUDIENCE_CELL_BITS = 13;
    private static final int AUDIENCE_FIELD_BITS = 6;
    private static final int AUDIENCE_FIELD_MASK = (1 << AUDIENCE_FIELD_BITS) - 1;
    private static final int AUDIENCE_CELL_MASK = (1 << AUDIENCE_CELL_BITS) - 1;

    /** The coordinate, on each axis, of what has no place. */
    private static final int NO_CELL = -(1 << (AUDIENCE_CELL_BITS - 1));

    private static final int COORDINATE_BITS = 19;
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

    /**
     * Packs the id of an audience's cell.
     *
     * @param audience 1 to {@link Veil#AUDIENCE_MAX}
     * @throws IllegalArgumentException when there is no such audience or cell
     */
    public static long ofAudience(
            SizeClass sizeClass, Tier tier, int audience, int cellX, int cellY, int cellZ) {
        if (!Veil.isAudience(audience)
                || !isAudienceCell(cellX)
                || !isAudienceCell(cellY)
                || !isAudienceCell(cellZ)) {
            throw new IllegalArgumentException(
                    "audience " + audience + " has no cell " + cellX + "," + cellY + "," + cellZ);
        }
        return packAudience(sizeClass.ordinal(), tier.ordinal(), audience, cellX, cellY, cellZ);
    }

    /** The channel in which an audience hears of what has no place: wherever its viewers are. */
    public static long placeless(Tier tier, int audience) {
        return packAudience(0, tier.ordinal(), audience, NO_CELL, NO_CELL, NO_CELL);
    }

    static long packAudience(
            int sizeClass, int tier, int audience, int cellX, int cellY, int cellZ) {
        return pack(
                sizeClass,
                tier,
                AUDIENCE_LEVEL,
                audienceField(audience >> (2 * AUDIENCE_FIELD_BITS), cellX),
                audienceField(audience >> AUDIENCE_FIELD_BITS, cellY),
                audienceField(audience, cellZ));
    }

    /** A cell of level 0 of everybody's, for audience 0, or of an audience's. */
    static long packCell(int sizeClass, int tier, int audience, int cellX, int cellY, int cellZ) {
        return audience == 0
                ? pack(sizeClass, tier, cellX, cellY, cellZ)
                : packAudience(sizeClass, tier, audience, cellX, cellY, cellZ);
    }

    private static int audienceField(int audience, int coordinate) {
        int field =
                (audience & AUDIENCE_FIELD_MASK) << AUDIENCE_CELL_BITS
                        | coordinate & AUDIENCE_CELL_MASK;
        // As a coordinate: its sign fills the bits above.
        int unused = Integer.SIZE - COORDINATE_BITS;
        return field << unused >> unused;
    }

    static boolean isAudienceCell(int coordinate) {
        return coordinate >= -AUDIENCE_CELL_MAX && coordinate <= AUDIENCE_CELL_MAX;
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

    /** The {@link #whole} id that covers a channel; none covers an audience's but its own. */
    public static long wholeOf(long channelId) {
        return isOfAudience(channelId) ? channelId : (channelId & ~CELL_MASK) | WHOLE_CELL;
    }

    /** True for an id made by {@link #whole}. */
    public static boolean isWhole(long channelId) {
        return (channelId & CELL_MASK) == WHOLE_CELL;
    }

    /** True when the id names one cell, of everybody's or of an audience's. */
    public static boolean isChannel(long channelId) {
        if (isOfAudience(channelId)) {
            return Veil.isAudience(audience(channelId))
                    && (isPlaceless(channelId)
                            || (isAudienceCell(cellX(channelId))
                                    && isAudienceCell(cellY(channelId))
                                    && isAudienceCell(cellZ(channelId))));
        }
        return level(channelId) <= LEVEL_MAX
                && isCell(cellX(channelId))
                && isCell(cellY(channelId))
                && isCell(cellZ(channelId));
    }

    private static boolean isOfAudience(long channelId) {
        return mark(channelId) == AUDIENCE_LEVEL;
    }

    /** Who alone may see what the channel tells; 0 for everybody. */
    public static int audience(long channelId) {
        if (!isOfAudience(channelId)) {
            return 0;
        }
        return audiencePart(field(channelId, 2)) << (2 * AUDIENCE_FIELD_BITS)
                | audiencePart(field(channelId, 1)) << AUDIENCE_FIELD_BITS
                | audiencePart(field(channelId, 0));
    }

    private static int audiencePart(int field) {
        return field >> AUDIENCE_CELL_BITS & AUDIENCE_FIELD_MASK;
    }

    /** True for an id made by {@link #placeless}, of whatever audience. */
    public static boolean isPlaceless(long channelId) {
        return isOfAudience(channelId)
                && channelId == placeless(tier(channelId), audience(channelId));
    }

    /** How often its cell is halved: 0 for the largest, and for an audience's. */
    public static int level(long channelId) {
        int mark = mark(channelId);
        return mark == AUDIENCE_LEVEL ? 0 : mark;
    }

    private static int mark(long channelId) {
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
                && !isOfAudience(channelId)
                && Math.abs(cellX(channelId)) <= CELL_MAX / 2
                && Math.abs(cellY(channelId)) <= CELL_MAX / 2
                && Math.abs(cellZ(channelId)) <= CELL_MAX / 2;
    }

    /** Edge of a cell, of the edge of level 0. */
    public static double edge(long channelId, double baseEdgeMetres) {
        return isOfAudience(channelId)
                ? baseEdgeMetres * AUDIENCE_EDGES
                : baseEdgeMetres * PARTS_OF_EDGE[level(channelId)];
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
        return coordinate(channelId, 2);
    }

    /** The cell's second coordinate. */
    public static int cellY(long channelId) {
        return coordinate(channelId, 1);
    }

    /** The cell's third coordinate. */
    public static int cellZ(long channelId) {
        return coordinate(channelId, 0);
    }

    private static int coordinate(long channelId, int axis) {
        int field = field(channelId, axis);
        int unused = Integer.SIZE - AUDIENCE_CELL_BITS;
        return isOfAudience(channelId) ? field << unused >> unused : field;
    }

    /** The lower 19 bits of one of the three fields, the last first, with their sign. */
    private static int field(long channelId, int axis) {
        return (int) (channelId << (45 - axis * FIELD_BITS) >> 45);
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
     * The id for people, such as {@code CRAFT/CLOSE/3,-2,0}, {@code CRAFT/CLOSE/6,-4,1/2} for a
     * cell of level 2, or {@code CRAFT/CLOSE/0,-1,0@7} for one of audience 7.
     */
    public static String text(long channelId) {
        String place = "*";
        if (isPlaceless(channelId)) {
            place = "@" + audience(channelId);
        } else if (!isWhole(channelId)) {
            int level = level(channelId);
            place = cellX(channelId) + "," + cellY(channelId) + "," + cellZ(channelId);
            place += level == 0 ? "" : "/" + level;
            place += isOfAudience(channelId) ? "@" + audience(channelId) : "";
        }
        return sizeClass(channelId) + "/" + tier(channelId) + "/" + place;
    }
}
