package dev.horizon.net.edge;

import java.util.Arrays;

/**
 * Where what a channel tells of is published to be: its entities with a place of their own, side by
 * side in memory, worked out once for all viewers near. To look at each entity where the cache
 * keeps it would be a walk through its memory for each viewer.
 */
final class Roster {
    private static final int FIRST = 4;

    /** Numbers of a place. */
    static final int PLACE = 3;

    int count;

    /** By slot, in order. */
    int[] entity = new int[0];

    /** Metres: x, y, z of each. */
    double[] place = new double[0];

    /** For whom what rides in each is: {@link Riders}. */
    int[] riders = new int[0];

    /** What {@link EdgeCache#changes} counted. */
    private long changes = -1;

    /** Lists what a channel tells of at a tick, unless that is what it lists. */
    void list(EdgeChannel channel, EdgeTracks tracks, Riders all, long tick, long now) {
        if (changes == now) {
            return;
        }
        changes = now;
        count = 0;
        int[] slots = channel.slots;
        int left = channel.held;
        for (int slot = 0; left > 0; slot++) {
            int each = slots[slot];
            if (each == EdgeEntities.NONE) {
                continue;
            }
            left--;
            if (tracks.owner[EdgeTracks.of(each, channel.tier)] == channel
                    && tracks.publish(each, tick)) {
                add(each, tracks, all.audience(each));
            }
        }
    }

    private void add(int each, EdgeTracks tracks, int audience) {
        if (count == entity.length) {
            int capacity = Math.max(FIRST, count + count / 2);
            entity = Arrays.copyOf(entity, capacity);
            place = Arrays.copyOf(place, capacity * PLACE);
            riders = Arrays.copyOf(riders, capacity);
        }
        entity[count] = each;
        riders[count] = audience;
        int at = count * PLACE;
        place[at] = tracks.x(each);
        place[at + 1] = tracks.y(each);
        place[at + 2] = tracks.z(each);
        count++;
    }
}
