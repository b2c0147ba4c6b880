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
    private final int[][] membersAt;
    private final int[] counts;

    Coasters(Seats seats, DueTimes due) {
        this.seats = seats;
        this.due = due;
        this.seatsAt = new int[due.period()][CAPACITY_MIN];
        this.membersAt = new int[due.period()][CAPACITY_MIN];
        this.counts = new int[due.period()];
    }

    /** Seats whose channels have the phase. */
    int count(int phase) {
        return counts[phase];
    }

    int seat(int phase, int index) {
        return seatsAt[phase][index];
    }

    /** Who sits on the seat: kept here too, so that nothing has to be read to know what to read. */
    int member(int phase, int index) {
        return membersAt[phase][index];
    }

    void add(int seat, int member, long channelId) {
        int phase = due.phase(channelId);
        int index = counts[phase]++;
        if (index == seatsAt[phase].length) {
            seatsAt[phase] = Arrays.copyOf(seatsAt[phase], index * 2);
            membersAt[phase] = Arrays.copyOf(membersAt[phase], index * 2);
        }
        seatsAt[phase][index] = seat;
        membersAt[phase][index] = member;
        seats.coasterIndex[seat] = index;
        seats.set(seat, Seats.COASTING);
    }

    /** The last of its phase takes its place: walk a phase backwards where this may happen. */
    void remove(int seat, long channelId) {
        int phase = due.phase(channelId);
        int end = --counts[phase];
        int last = seatsAt[phase][end];
        int index = seats.coasterIndex[seat];
        seatsAt[phase][index] = last;
        membersAt[phase][index] = membersAt[phase][end];
        seats.coasterIndex[last] = index;
        seats.unset(seat, Seats.COASTING);
    }
}
