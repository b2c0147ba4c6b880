package dev.horizon.net.gateway;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of which each is there once, in no order, found and removed in the same time however
 * many there are: thousands at one place may leave it at once. A bit of each onlooker: a player is
 * in a hundred crowds, and a reference in each would be most of what is kept of the player. Who
 * goes from the first to the last takes a step for each. Agent thread.
 */
final class SessionCrowd extends AbstractList<Session> {
    private static final int WORD_SHIFT = 6;
    private static final int BEFORE_FIRST = -1;

    private final Onlookers all;

    /** Of who has the number of the bit. */
    private long[] bits = new long[1];

    private int size;

    /** The last that was asked for, and the bit that it is. */
    private int lastIndex = BEFORE_FIRST;

    private int lastBit = BEFORE_FIRST;

    SessionCrowd(Onlookers all, List<Session> first) {
        this.all = all;
        addAll(first);
    }

    @Override
    public Session get(int index) {
        Objects.checkIndex(index, size);
        if (index < lastIndex) {
            rewind();
        }
        while (lastIndex < index) {
            lastBit = next(lastBit + 1);
            lastIndex++;
        }
        return all.of(lastBit);
    }

    /** The first bit that is set from here on; there is one. */
    private int next(int from) {
        int at = from >> WORD_SHIFT;
        long word = bits[at] & -1L << from;
        while (word == 0) {
            word = bits[++at];
        }
        return (at << WORD_SHIFT) + Long.numberOfTrailingZeros(word);
    }

    private void rewind() {
        lastIndex = BEFORE_FIRST;
        lastBit = BEFORE_FIRST;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean add(Session session) {
        if (contains(session)) {
            return false;
        }
        int word = session.onlooker >> WORD_SHIFT;
        if (word >= bits.length) {
            bits = Arrays.copyOf(bits, word + 1 + (word >> 2));
        }
        bits[word] |= 1L << session.onlooker;
        size++;
        rewind();
        return true;
    }

    @Override
    public boolean contains(@Nullable Object session) {
        return session instanceof Session one && has(one.onlooker);
    }

    private boolean has(int onlooker) {
        int word = onlooker >> WORD_SHIFT;
        return onlooker >= 0 && word < bits.length && (bits[word] & 1L << onlooker) != 0;
    }

    @Override
    public boolean remove(@Nullable Object session) {
        if (!(session instanceof Session one) || !has(one.onlooker)) {
            return false;
        }
        bits[one.onlooker >> WORD_SHIFT] &= ~(1L << one.onlooker);
        size--;
        rewind();
        return true;
    }
}
