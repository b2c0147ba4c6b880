package dev.horizon.engine.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The lanes of one tier whose entities move as receivers expect: no channel looks at them; they are
 * compared with the truth one after the other when their phase is due. A bit a lane and phase, so
 * that they are visited in the order of memory whatever the order in which they came, and so that
 * threads which cut different channels may add to it in any order.
 */
final class Coasters {
    private static final int WORDS_MIN = 16;
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[][] bits;

    Coasters(int period) {
        bits = new long[period][WORDS_MIN];
    }

    /** Bits of 64 lanes each. Whoever walks a word works on a copy: visits change it. */
    long[] words(int phase) {
        return bits[phase];
    }

    /** Makes room for lanes below a number, at all phases. */
    void reserve(int lanes) {
        int words = (lanes + 63) >>> 6;
        if (words > bits[0].length) {
            // All phases at once: a crowd that came makes room for all that it will do.
            int more = Math.max(words, bits[0].length * 2);
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Arrays.copyOf(bits[i], more);
            }
        }
    }

    /** Adds a lane for which there is room; several threads may. */
    void add(int lane, int phase) {
        long ignored = (long) WORDS.getAndBitwiseOr(bits[phase], lane >>> 6, 1L << lane);
    }

    /** Takes a lane out; several threads may. */
    void remove(int lane, int phase) {
        long ignored = (long) WORDS.getAndBitwiseAnd(bits[phase], lane >>> 6, ~(1L << lane));
    }
}
