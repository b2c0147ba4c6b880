package dev.horizon.net.edge;

import java.util.Arrays;

/** Components that tracks lost in this round: few, so that a list does. */
final class EdgeStripped {
    private int[] tracks = new int[16];
    private int[] ids = new int[16];
    private int count;
    private int round;

    void add(int track, int componentId, int inRound) {
        if (inRound != round) {
            round = inRound;
            count = 0;
        }
        if (count == tracks.length) {
            tracks = Arrays.copyOf(tracks, count * 2);
            ids = Arrays.copyOf(ids, count * 2);
        }
        tracks[count] = track;
        ids[count++] = componentId;
    }

    int count(int inRound) {
        return inRound == round ? count : 0;
    }

    int track(int i) {
        return tracks[i];
    }

    int componentId(int i) {
        return ids[i];
    }
}
