package dev.horizon.perf.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process takes, as Linux counts it.
 *
 * @param nanos when it was read, {@link System#nanoTime}
 * @param cpuSeconds of all its threads since its start
 * @param residentBytes of memory, shared memory that it touched included
 */
public record ProcessWatch(long nanos, double cpuSeconds, long residentBytes) {
    private static final double CLOCK_TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int KIB = 1_024;

    /** Reads it now. */
    public static ProcessWatch of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The name, in parentheses, may have spaces in it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
        long resident = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                resident = Long.parseLong(line.replaceAll("\\D", "")) * KIB;
            }
        }
        return new ProcessWatch(System.nanoTime(), ticks / CLOCK_TICKS_PER_SECOND, resident);
    }

    /** Cores that were busy between an earlier reading and this one. */
    public double coresSince(ProcessWatch earlier) {
        return (cpuSeconds - earlier.cpuSeconds) / ((nanos - earlier.nanos) / 1e9);
    }

    /** Millions of bytes. */
    public double residentMegabytes() {
        return residentBytes / 1e6;
    }
}
