package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * Entities that one viewer may come to hold, as columns; chooses the first of them by focus order,
 * weighted distance, and id. Grows once, then allocates nothing.
 */
final class Candidates {
    /** Order of what is in no focus list. */
    static final byte UNFOCUSED = Byte.MAX_VALUE;

    int count;
    int[] entity = new int[256];
    byte[] order = new byte[256];
    double[] distance = new double[256];

    /** The least tier number for which it is eligible. */
    byte[] eligible = new byte[256];

    byte[] held = new byte[256];

    /** What comes of it: the tier, and why. */
    byte[] tier = new byte[256];

    byte[] reason = new byte[256];

    /** For whom what rides in it is: {@link Riders}. */
    int[] riders = new int[256];

    private final EdgeEntities entities;
    private double[] key = new double[256];
    private int[] chosen = new int[256];

    Candidates(EdgeEntities entities) {
        this.entities = entities;
    }

    void clear() {
        count = 0;
    }

    int add(int number, byte focusOrder, double metres) {
        if (count == entity.length) {
            grow(count * 2);
        }
        entity[count] = number;
        order[count] = focusOrder;
        distance[count] = metres;
        tier[count] = Viewer.NOWHERE;
        return count++;
    }

    /** Which candidates stand in {@link #choose}'s result, at the front. */
    int chosen(int at) {
        return chosen[at];
    }

    /** Puts a candidate on the list to choose from. */
    void offer(int at, int candidate, double weighted) {
        chosen[at] = candidate;
        key[candidate] = weighted;
    }

    /** Brings the first {@code most} of those offered to the front of the list. */
    void choose(int offered, int most) {
        int from = 0;
        int to = offered - 1;
        while (most > from && most <= to) {
            int pivot = chosen[(from + to) >>> 1];
            int low = from;
            int high = to;
            while (low <= high) {
                while (isBefore(chosen[low], pivot)) {
                    low++;
                }
                while (isBefore(pivot, chosen[high])) {
                    high--;
                }
                if (low <= high) {
                    int swapped = chosen[low];
                    chosen[low++] = chosen[high];
                    chosen[high--] = swapped;
                }
            }
            if (most - 1 <= high) {
                to = high;
            } else if (most - 1 >= low) {
                from = low;
            } else {
                return;
            }
        }
    }

    private boolean isBefore(int a, int b) {
        if (order[a] != order[b]) {
            return order[a] < order[b];
        }
        if (key[a] != key[b]) {
            return key[a] < key[b];
        }
        return Long.compareUnsigned(entities.id[entity[a]], entities.id[entity[b]]) < 0;
    }

    private void grow(int capacity) {
        entity = Arrays.copyOf(entity, capacity);
        order = Arrays.copyOf(order, capacity);
        distance = Arrays.copyOf(distance, capacity);
        eligible = Arrays.copyOf(eligible, capacity);
        held = Arrays.copyOf(held, capacity);
        tier = Arrays.copyOf(tier, capacity);
        reason = Arrays.copyOf(reason, capacity);
        riders = Arrays.copyOf(riders, capacity);
        key = Arrays.copyOf(key, capacity);
        chosen = Arrays.copyOf(chosen, capacity);
    }
}
