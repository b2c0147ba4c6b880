package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * The seats of one tier whose entities move as receivers expect: no channel looks at them; they are
 * compared with the truth one after the other when their phase is due, in packed arrays, because a
 * walk through channels waits for memory at every step.
 */
final class Coasters {
    private static final int CAPACITY_MIN = 256;

    private final Seats seats;
    private final DueTimes due;
    private final int[][] seatsAt;
    private final int[] counts;

    Coasters(Seats seats, DueTimes due) {
        this.seats = seats;
        this.due = due;
        this.seatsAt = new int[due.period()][CAPACITY_MIN];
        this.counts = new int[due.period()];
    }

    /** Seats whose channels have the phase. */
    int count(int phase) {
        return counts[phase];
    }

    int seat(int phase, int index) {
        return seatsAt[phase][index];
    }

    void add(int seat, long channelId) {
        int phase = due.phase(channelId);
        int index = counts[phase]++;
        if (index == seatsAt[phase].length) {
            seatsAt[phase] = Arrays.copyOf(seatsAt[phase], index * 2);
        }
        seatsAt[phase][index] = seat;
        seats.coasterIndex[seat] = index;
        seats.set(seat, Seats.COASTING);
    }

    /** The last of its phase takes its place: walk a phase backwards where this may happen. */
    void remove(int seat, long channelId) {
        int phase = due.phase(channelId);
        int last = seatsAt[phase][--counts[phase]];
        int index = seats.coasterIndex[seat];
        seatsAt[phase][index] = last;
        seats.coasterIndex[last] = index;
        seats.unset(seat, Seats.COASTING);
    }
}
