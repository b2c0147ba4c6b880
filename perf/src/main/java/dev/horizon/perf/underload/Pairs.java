package dev.horizon.perf.underload;

/**
 * Pairs of measurements with and without something, one after the other, and by how much it moved
 * them: the mean, and the 95 % interval of the mean by Student's t.
 */
record Pairs(double mean, double half) {
    /** Of 95 %, two-sided, by degrees of freedom from 1. */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093
    };

    private static final double STUDENT_MANY = 1.96;

    /** Differences of pairs; at least two. */
    static Pairs ofDifferences(double[] without, double[] with) {
        int n = without.length;
        if (n < 2 || with.length != n) {
            throw new IllegalArgumentException(n + " and " + with.length + " make no pairs");
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += with[i] - without[i];
        }
        double mean = sum / n;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double off = with[i] - without[i] - mean;
            squares += off * off;
        }
        double student = n - 2 < STUDENT.length ? STUDENT[n - 2] : STUDENT_MANY;
        return new Pairs(mean, student * Math.sqrt(squares / (n - 1) / n));
    }

    /** By how many per cent: of logarithms, so that twice and half weigh the same. */
    static Pairs ofRatios(double[] without, double[] with) {
        return ofDifferences(logarithms(without), logarithms(with));
    }

    private static double[] logarithms(double[] values) {
        double[] logarithms = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logarithms[i] = Math.log(values[i]);
        }
        return logarithms;
    }

    /** The upper end of the interval. */
    double upper() {
        return mean + half;
    }

    /** A mean or an end of {@link #ofRatios}, as per cent more. */
    static double percent(double logarithm) {
        return 100 * Math.expm1(logarithm);
    }
}
