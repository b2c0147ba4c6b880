package dev.horizon.engine.channels;

/**
 * A unit quaternion in 32 bits: the index of its largest component and the other three in 10 bits
 * each ("smallest three"; Gaffer, "Snapshot Compression", 2015). Off by 0.2 degrees at most. Zero
 * is exact, so that what is unturned stays so.
 */
public final class AttitudeCode {
    private static final double STEPS = 511 * Math.sqrt(2);

    private AttitudeCode() {}

    /** Packs; what isn't a unit quaternion is normalised, and nonsense becomes unturned. */
    public static int pack(double x, double y, double z, double w) {
        double length = Math.sqrt(x * x + y * y + z * z + w * w);
        if (!(length > 1e-9) || length > 1e9) {
            return pack(0, 0, 0, 1);
        }
        double ax = Math.abs(x);
        double ay = Math.abs(y);
        double az = Math.abs(z);
        double aw = Math.abs(w);
        if (aw >= ax && aw >= ay && aw >= az) {
            return bits(3, x, y, z, w < 0 ? -length : length);
        }
        if (ax >= ay && ax >= az) {
            return bits(0, y, z, w, x < 0 ? -length : length);
        }
        if (ay >= az) {
            return bits(1, x, z, w, y < 0 ? -length : length);
        }
        return bits(2, x, y, w, z < 0 ? -length : length);
    }

    /** Unpacks into x, y, z, w. */
    public static void unpack(int bits, double[] out) {
        unpack(bits, out, 0);
    }

    static void unpack(int bits, double[] out, int at) {
        double a = ((bits >>> 20 & 1023) - 511) / STEPS;
        double b = ((bits >>> 10 & 1023) - 511) / STEPS;
        double c = ((bits & 1023) - 511) / STEPS;
        double largest = Math.sqrt(Math.max(0, 1 - a * a - b * b - c * c));
        int index = bits >>> 30;
        out[at] = index == 0 ? largest : a;
        out[at + 1] = index == 1 ? largest : index == 0 ? a : b;
        out[at + 2] = index == 2 ? largest : index == 3 ? c : b;
        out[at + 3] = index == 3 ? largest : c;
    }

    private static int bits(int index, double a, double b, double c, double length) {
        return index << 30 | step(a / length) << 20 | step(b / length) << 10 | step(c / length);
    }

    private static int step(double value) {
        return Math.max(0, Math.min(1022, (int) Math.rint(value * STEPS) + 511));
    }
}
