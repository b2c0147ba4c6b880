package dev.horizon.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The range driver and the raw loop in turns, in one process: what else the machine does meets
 * both. Runs in a virtual machine of its own.
 */
public final class DriverPair {
    private static final int PAIRS = 400;
    private static final int ROWS_PER_TURN = 1_000_000;
    private static final long SECONDS_MAX = 120;

    private DriverPair() {}

    /** Measures once, in a child process: the median of what the driver took to the raw loop. */
    static double ratio(int rows) throws IOException {
        Path file = Files.createTempFile("horizon-pair-", ".txt");
        try {
            ChildProcess.run(
                    List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"),
                    DriverPair.class,
                    List.of(Integer.toString(rows), file.toString()),
                    SECONDS_MAX);
            return Double.parseDouble(Files.readString(file));
        } finally {
            Files.delete(file);
        }
    }

    /** Rows, and the file that takes the ratio. */
    public static void main(String[] arguments) throws IOException {
        DriverBench bench = new DriverBench();
        bench.rows = Integer.parseInt(arguments[0]);
        bench.setUp();
        int runs = Math.max(1, ROWS_PER_TURN / bench.rows);
        double[] ratios = new double[PAIRS];
        for (int i = -PAIRS; i < PAIRS; i++) {
            double ratio = (double) driver(bench, runs) / raw(bench, runs);
            if (i >= 0) {
                ratios[i] = ratio;
            }
        }
        bench.tearDown();
        Arrays.sort(ratios);
        Files.writeString(Path.of(arguments[1]), Double.toString(ratios[PAIRS / 2]));
    }

    private static long driver(DriverBench bench, int runs) {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            bench.driver();
        }
        return System.nanoTime() - start;
    }

    private static long raw(DriverBench bench, int runs) {
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            bench.raw();
        }
        return System.nanoTime() - start;
    }
}
