package dev.horizon.ecs.orbits;

/**
 * Sine and cosine that make no objects, as {@link StrictMath}'s do beyond a quarter of pi, and give
 * the same bits everywhere, as {@link Math}'s don't. The angle is brought into [-pi/4, pi/4] by
 * subtracting quarter turns in two parts (Cody and Waite, "Software Manual for the Elementary
 * Functions", 1980, chapter 8), then Taylor's series is summed until its next term is below the
 * last bit. Right to 4e-16 for angles of a few turns.
 */
final class Circular {
    private static final double QUARTERS_PER_RADIAN = 2 / Math.PI;

    /** pi / 2 to 33 bits, so that its multiples by small whole numbers are exact, and the rest. */
    private static final double QUARTER_HIGH = 0x1.921fb544p0;

    private static final double QUARTER_LOW = 0x1.0b4611a626331p-34;

    private Circular() {}

    static double sin(double radians) {
        double quarters = Math.floor(radians * QUARTERS_PER_RADIAN + 0.5);
        double rest = radians - quarters * QUARTER_HIGH - quarters * QUARTER_LOW;
        return turned((int) quarters, rest);
    }

    static double cos(double radians) {
        double quarters = Math.floor(radians * QUARTERS_PER_RADIAN + 0.5);
        double rest = radians - quarters * QUARTER_HIGH - quarters * QUARTER_LOW;
        return turned((int) quarters + 1, rest);
    }

    /** The sine of an angle and some quarter turns. */
    private static double turned(int quarters, double x) {
        double value = (quarters & 1) == 0 ? sine(x) : cosine(x);
        return (quarters & 2) == 0 ? value : -value;
    }

    private static double sine(double x) {
        double s = x * x;
        double sum = 1 - s / 210 * (1 - s / 272);
        sum = 1 - s / 156 * sum;
        sum = 1 - s / 110 * sum;
        sum = 1 - s / 72 * sum;
        sum = 1 - s / 42 * sum;
        sum = 1 - s / 20 * sum;
        return x - x * s / 6 * sum;
    }

    private static double cosine(double x) {
        double s = x * x;
        double sum = 1 - s / 182 * (1 - s / 240);
        sum = 1 - s / 132 * sum;
        sum = 1 - s / 90 * sum;
        sum = 1 - s / 56 * sum;
        sum = 1 - s / 30 * sum;
        sum = 1 - s / 12 * sum;
        return 1 - s / 2 * sum;
    }
}
