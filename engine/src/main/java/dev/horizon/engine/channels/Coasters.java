package dev.horizon.engine.channels;

import java.util.Arrays;

/**
 * The lanes of one tier whose entities move as receivers expect: no channel looks at them; they are
 * compared with the truth one after the other when their phase is due. A bit a lane and phase, so
 * that they are visited in the order of memory whatever the order in which they came.
 */
final class Coasters {
    private static final int WORDS_MIN = 16;

    private final long[][] bits;

    Coasters(int period) {
        bits = new long[period][WORDS_MIN];
    }

    /** Bits of 64 lanes each. Whoever walks a word works on a copy: visits change it. */
    long[] words(int phase) {
        return bits[phase];
    }

    void add(int lane, int phase) {
        int word = lane >>> 6;
        if (word >= bits[phase].length) {
            // All phases at once: a crowd that came makes room for all that it will do.
            int more = Math.max(word + 1, bits[phase].length * 2);
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Arrays.copyOf(bits[i], more);
            }
        }
        bits[phase][word] |= 1L << lane;
    }

    void remove(int lane, int phase) {
        bits[phase][lane >>> 6] &= ~(1L << lane);
    }
}
