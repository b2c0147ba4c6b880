package dev.horizon.engine.channels;

/**
 * Three numbers in one: how lean rows hold corrections, accelerations and angular velocities. All
 * in steps of a Frame's rows. Pure; allocates nothing.
 */
public final class PackedThree {
    /** What packing answers where numbers are too large, or would be rounded. */
    public static final long NONE = -1;

    private static final int OFFSET_BITS = 5;
    private static final int OFFSET_ZERO = 1 << OFFSET_BITS - 1;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int PLACE_MOST = 5;
    private static final int PLACE_BASE = 2 * PLACE_MOST + 1;
    private static final int PLACE_SQUARE = PLACE_BASE * PLACE_BASE;
    private static final int VELOCITY_MOST = 73;
    private static final int VELOCITY_BASE = 2 * VELOCITY_MOST + 1;
    private static final int BITS = 10;
    private static final int ZERO = 1 << (BITS - 1);
    private static final int MASK = (1 << BITS) - 1;
    private static final int MOST = ZERO - 1;
    private static final int EXPONENTS = 4;

    private static final int COARSE_SHIFT = 2;
    private static final int COARSE_MOST = (1 << BITS - 1 - COARSE_SHIFT) - 1;
    private static final int COARSE_MASK =
            ((1 << COARSE_SHIFT) - 1) * (1 | 1 << BITS | 1 << 2 * BITS);

    /** The finest packed step is four of a row's. */
    private static final int FINEST_SHIFT = 2;

    /** What rounds to at most {@link #MOST} steps is less than this, by exponent. */
    private static final double[] LIMITS = limits(0, MOST);

    private static final double[] COARSE_LIMITS = limits(COARSE_SHIFT, COARSE_MOST);

    private PackedThree() {}

    /** Three corrections from -16 to 15, or {@link #NONE}. */
    public static long packOffsets(int x, int y, int z) {
        int a = x + OFFSET_ZERO;
        int b = y + OFFSET_ZERO;
        int c = z + OFFSET_ZERO;
        return (a | b | c) >>> OFFSET_BITS == 0
                ? a | b << OFFSET_BITS | c << 2 * OFFSET_BITS
                : NONE;
    }

    /** One of three corrections. */
    public static int offset(int packed, int axis) {
        return (packed >>> OFFSET_BITS * axis & OFFSET_MASK) - OFFSET_ZERO;
    }

    /** Corrections of a place, -5 to 5, and of a velocity, -73 to 73, or {@link #NONE}. */
    public static long packChange(int x, int y, int z, int vx, int vy, int vz) {
        if (!isDigit(x, y, z, PLACE_MOST) || !isDigit(vx, vy, vz, VELOCITY_MOST)) {
            return NONE;
        }
        long velocities =
                ((long) (vz + VELOCITY_MOST) * VELOCITY_BASE + vy + VELOCITY_MOST) * VELOCITY_BASE
                        + vx
                        + VELOCITY_MOST;
        return ((velocities * PLACE_BASE + z + PLACE_MOST) * PLACE_BASE + y + PLACE_MOST)
                        * PLACE_BASE
                + x
                + PLACE_MOST;
    }

    /** One of three corrections of a place in a change, which is unsigned. */
    public static int placeChange(long change, int axis) {
        long rest = axis == 0 ? change : axis == 1 ? change / PLACE_BASE : change / PLACE_SQUARE;
        return (int) (rest % PLACE_BASE) - PLACE_MOST;
    }

    /** One of three corrections of a velocity in a change, which is unsigned. */
    public static int velocityChange(long change, int axis) {
        long rest = change / (PLACE_SQUARE * PLACE_BASE);
        for (int i = 0; i < axis; i++) {
            rest /= VELOCITY_BASE;
        }
        return (int) (rest % VELOCITY_BASE) - VELOCITY_MOST;
    }

    private static boolean isDigit(int x, int y, int z, int most) {
        return Math.abs(x) <= most && Math.abs(y) <= most && Math.abs(z) <= most;
    }

    /**
     * Bits that packing drops of numbers of this size.
     *
     * @return -1 where they are too large to be packed
     */
    public static int shift(double largest) {
        return shift(largest, LIMITS, FINEST_SHIFT);
    }

    private static int shift(double largest, double[] limits, int finest) {
        for (int e = 0; e < EXPONENTS; e++) {
            if (largest < limits[e]) {
                return finest + 2 * e;
            }
        }
        return -1;
    }

    /** Odd steps and a half round up, to the even. */
    private static double[] limits(int more, int most) {
        double[] limits = new double[EXPONENTS];
        for (int e = 0; e < EXPONENTS; e++) {
            limits[e] = (most + 0.5) * (1 << FINEST_SHIFT + 2 * e + more);
        }
        return limits;
    }

    /** The shift of the largest of three numbers, 0 where they are too large to be packed. */
    public static int shiftOf(double x, double y, double z) {
        return Math.max(0, shift(Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z)))));
    }

    /** A number rounded to what a shift leaves of it. */
    public static double round(double value, int shift) {
        double step = 1 << shift;
        return Math.rint(value / step) * step + 0.0;
    }

    /**
     * Rounds three values in place, so that they can be packed. What is too large for that is left
     * as fine as it was, to a step.
     *
     * @param step of a row
     */
    static void round(double[] values, int at, double step) {
        int shift = shiftOf(values[at] / step, values[at + 1] / step, values[at + 2] / step);
        for (int i = at; i < at + 3; i++) {
            values[i] = round(values[i] / step, shift) * step;
        }
    }

    /**
     * Packs three values, rounded to what packing leaves of them.
     *
     * @param step of a number
     * @param isCoarse true to round to fours of that: what {@link #isCoarse} says fits a byte each
     * @return {@link #NONE} where they are too large
     */
    static long pack(double[] values, int at, double step, boolean isCoarse) {
        double x = values[at] / step;
        double y = values[at + 1] / step;
        double z = values[at + 2] / step;
        double largest = Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z)));
        int shift =
                isCoarse
                        ? shift(largest, COARSE_LIMITS, FINEST_SHIFT + COARSE_SHIFT)
                        : shift(largest);
        if (shift < 0) {
            return NONE;
        }
        return pack((int) round(x, shift), (int) round(y, shift), (int) round(z, shift));
    }

    /** True where {@link #pack(double[], int, double, boolean)} packs them; false for NaN too. */
    static boolean fits(double x, double y, double z, double step, boolean isCoarse) {
        double least = step * (isCoarse ? COARSE_LIMITS : LIMITS)[EXPONENTS - 1];
        return Math.abs(x) < least && Math.abs(y) < least && Math.abs(z) < least;
    }

    /** Three packed numbers from the lowest 8 bits of each c, and the lowest 2 of e. */
    public static int fine(int x, int y, int z, int e) {
        return fine(x) | fine(y) << BITS | fine(z) << 2 * BITS | e << 3 * BITS;
    }

    private static int fine(int c) {
        return (c & (1 << BITS - COARSE_SHIFT) - 1) << COARSE_SHIFT;
    }

    /** The c of one of three numbers that {@link #isCoarse}. */
    public static int coarse(int packed, int axis) {
        return packed >>> BITS * axis + COARSE_SHIFT & (1 << BITS - COARSE_SHIFT) - 1;
    }

    /** The exponent of three numbers. */
    public static int exponent(int packed) {
        return packed >>> 3 * BITS;
    }

    /** True for three packed numbers of which each is a multiple of four of its steps. */
    public static boolean isCoarse(int packed) {
        return (packed & COARSE_MASK) == 0;
    }

    /** Three numbers that {@link #round} leaves as they are, or {@link #NONE}. */
    public static long pack(int x, int y, int z) {
        int shift = shift(Math.max(Math.abs(x), Math.max(Math.abs(y), Math.abs(z))));
        if (shift < 0 || ((x | y | z) & (1 << shift) - 1) != 0) {
            return NONE;
        }
        int three =
                (x >> shift) + ZERO | (y >> shift) + ZERO << BITS | (z >> shift) + ZERO << 2 * BITS;
        return (three | (shift - FINEST_SHIFT) / 2 << 3 * BITS) & 0xFFFF_FFFFL;
    }

    /** One of three numbers. */
    public static int part(int packed, int axis) {
        int shift = FINEST_SHIFT + 2 * (packed >>> 3 * BITS);
        return (packed >>> BITS * axis & MASK) - ZERO << shift;
    }
}
