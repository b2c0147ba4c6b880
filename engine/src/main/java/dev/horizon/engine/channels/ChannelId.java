package dev.horizon.engine.channels;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;

/**
 * A channel's 64 bits: size class (2), tier (2), and the cell's three coordinates (20 each, two's
 * complement). All functions are pure and allocate nothing.
 */
public final class ChannelId {
    /** Greatest coordinate of a cell; the least is its negative. */
    public static final int CELL_MAX = (1 << 19) - 1;

    private static final int COORDINATE_BITS = 20;
    private static final long COORDINATE_MASK = (1L << COORDINATE_BITS) - 1;
    private static final long CELL_MASK = (1L << (3 * COORDINATE_BITS)) - 1;
    private static final int NO_CELL = -(1 << 19);
    private static final long STREAM_MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final SizeClass[] SIZE_CLASSES = SizeClass.values();
    private static final Tier[] TIERS = Tier.values();

    private ChannelId() {}

    /**
     * Packs an id.
     *
     * @throws IllegalArgumentException when a coordinate is beyond {@link #CELL_MAX}
     */
    public static long of(SizeClass sizeClass, Tier tier, int cellX, int cellY, int cellZ) {
        if (!isCell(cellX) || !isCell(cellY) || !isCell(cellZ)) {
            throw new IllegalArgumentException(
                    "cell " + cellX + "," + cellY + "," + cellZ + " is beyond +-" + CELL_MAX);
        }
        return pack(sizeClass.ordinal(), tier.ordinal(), cellX, cellY, cellZ);
    }

    static long pack(int sizeClass, int tier, int cellX, int cellY, int cellZ) {
        return ((long) sizeClass << 62)
                | ((long) tier << 60)
                | ((cellX & COORDINATE_MASK) << (2 * COORDINATE_BITS))
                | ((cellY & COORDINATE_MASK) << COORDINATE_BITS)
                | (cellZ & COORDINATE_MASK);
    }

    static boolean isCell(int coordinate) {
        return coordinate >= -CELL_MAX && coordinate <= CELL_MAX;
    }

    /** The id that stands for all channels of a size class at a tier. */
    public static long whole(SizeClass sizeClass, Tier tier) {
        return pack(sizeClass.ordinal(), tier.ordinal(), NO_CELL, NO_CELL, NO_CELL);
    }

    /** The {@link #whole} id that covers a channel. */
    public static long wholeOf(long channelId) {
        return (channelId & ~CELL_MASK) | pack(0, 0, NO_CELL, NO_CELL, NO_CELL);
    }

    /** True for an id made by {@link #whole}. */
    public static boolean isWhole(long channelId) {
        return wholeOf(channelId) == channelId;
    }

    /** True when the id names one cell. */
    public static boolean isChannel(long channelId) {
        return cellX(channelId) != NO_CELL
                && cellY(channelId) != NO_CELL
                && cellZ(channelId) != NO_CELL;
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
        return (int) (channelId << 4 >> 44);
    }

    /** The cell's second coordinate. */
    public static int cellY(long channelId) {
        return (int) (channelId << 24 >> 44);
    }

    /** The cell's third coordinate. */
    public static int cellZ(long channelId) {
        return (int) (channelId << 44 >> 44);
    }

    /** Metres of a cell's middle along one axis: the origin of its narrow coordinates. */
    public static double middle(int cell, double edgeMetres) {
        return (cell + 0.5) * edgeMetres;
    }

    /** Which of the tier's streams carries the channel, 0 to {@code streams - 1}. */
    public static int stream(long channelId, int streams) {
        return (int) (((channelId * STREAM_MULTIPLIER) >>> 32) % streams);
    }

    /** The id for people, such as {@code CRAFT/CLOSE/3,-2,0}. */
    public static String text(long channelId) {
        String place =
                isWhole(channelId)
                        ? "*"
                        : cellX(channelId) + "," + cellY(channelId) + "," + cellZ(channelId);
        return sizeClass(channelId) + "/" + tier(channelId) + "/" + place;
    }
}
