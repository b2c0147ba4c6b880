package dev.horizon.engine.schedule;

import java.util.Arrays;

/** What threads take from each other: some ranges of one system. Buffers are kept. */
final class Units {
    private static final int INITIAL = 256;

    private int[] systems = new int[INITIAL];
    private int[] firsts = new int[INITIAL];
    private int[] ends = new int[INITIAL];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int system, int first, int end) {
        if (size == systems.length) {
            systems = Arrays.copyOf(systems, size * 2);
            firsts = Arrays.copyOf(firsts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        systems[size] = system;
        firsts[size] = first;
        ends[size] = end;
        size++;
    }

    int size() {
        return size;
    }

    /** Its place in the plan. */
    int system(int unit) {
        return systems[unit];
    }

    /** The first of its ranges. */
    int first(int unit) {
        return firsts[unit];
    }

    /** Behind the last. */
    int end(int unit) {
        return ends[unit];
    }
}
