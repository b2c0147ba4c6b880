package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import java.util.Arrays;

/**
 * All ticks of a tape at a glance: what each came to, what it took, what it read, and where it
 * stands. 36 bytes a tick. Immutable.
 */
public final class TapeIndex {
    private static final int TICKS_INITIAL = 1 << 12;

    private long firstTick;
    private int size;
    private long[] hashes = new long[TICKS_INITIAL];
    private long[] positions = new long[TICKS_INITIAL];
    private int[] inputHashes = new int[TICKS_INITIAL];
    private int[] nanos = new int[TICKS_INITIAL];
    private int[] entities = new int[TICKS_INITIAL];
    private int[] kinds = new int[TICKS_INITIAL];
    private short[] faults = new short[TICKS_INITIAL];
    private short[] inputs = new short[TICKS_INITIAL];

    private TapeIndex() {}

    /**
     * Reads a tape through.
     *
     * @throws HorizonException HZ-TAPE-005, 006 where it is damaged
     */
    public static TapeIndex of(TapeFile tape) {
        TapeIndex index = new TapeIndex();
        try (TapeCursor cursor = new TapeCursor(tape)) {
            while (cursor.next()) {
                index.add(cursor);
            }
        }
        return index;
    }

    private void add(TapeCursor cursor) {
        Tick tick = cursor.tick();
        if (size == 0) {
            firstTick = tick.number();
        } else if (tick.number() != firstTick + size) {
            throw new HorizonException(
                    "HZ-TAPE-006",
                    "the tape goes on with tick "
                            + tick.number()
                            + " behind tick "
                            + (firstTick + size - 1));
        }
        if (size == hashes.length) {
            grow();
        }
        hashes[size] = tick.hash();
        positions[size] = cursor.position();
        inputHashes[size] = cursor.inputs().hashCode();
        nanos[size] = (int) Math.min(tick.nanos(), Integer.MAX_VALUE);
        entities[size] = (int) tick.entities();
        faults[size] = (short) Math.min(tick.faults(), Short.MAX_VALUE);
        int[] mask = {0};
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        int count =
                cursor.inputs()
                        .feed(
                                (buffer, offset, length) -> {
                                    mask[0] |= 1 << header.wrap(buffer, offset).templateId();
                                    return true;
                                },
                                tick.number());
        kinds[size] = mask[0];
        inputs[size] = (short) Math.min(count, Short.MAX_VALUE);
        size++;
    }

    private void grow() {
        int capacity = size * 2;
        hashes = Arrays.copyOf(hashes, capacity);
        positions = Arrays.copyOf(positions, capacity);
        inputHashes = Arrays.copyOf(inputHashes, capacity);
        nanos = Arrays.copyOf(nanos, capacity);
        entities = Arrays.copyOf(entities, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        faults = Arrays.copyOf(faults, capacity);
        inputs = Arrays.copyOf(inputs, capacity);
    }

    /** Ticks on the tape that are whole. */
    public int size() {
        return size;
    }

    /** The first of them. */
    public long firstTick() {
        return firstTick;
    }

    /** The last of them. */
    public long lastTick() {
        return firstTick + size - 1;
    }

    /** The recorded hash of the world. */
    public long hash(long tick) {
        return hashes[at(tick)];
    }

    /** Where its inputs stand on the tape. */
    long position(long tick) {
        return positions[at(tick)];
    }

    /** What it took of real time; 0 where the tape doesn't say. */
    public int nanos(long tick) {
        return nanos[at(tick)];
    }

    /** Entities in the world. */
    public int entities(long tick) {
        return entities[at(tick)];
    }

    /** Handlers, commands and systems that threw in it. */
    public int faults(long tick) {
        return faults[at(tick)];
    }

    /** Inputs that it read. */
    public int inputs(long tick) {
        return inputs[at(tick)];
    }

    /** True when it read an input whose message in the tick-log schema has this id. */
    public boolean hasInput(long tick, int templateId) {
        return (kinds[at(tick)] & 1 << templateId) != 0;
    }

    /**
     * The first tick that both have and that came to different worlds in them.
     *
     * @return -1 when all common ticks are the same
     * @throws HorizonException HZ-TAPE-010 when they have no tick in common
     */
    public long firstDifferent(TapeIndex other) {
        return mismatch(other, hashes, other.hashes, Long.MAX_VALUE);
    }

    /** True when the two read different inputs in a tick up to this one. */
    boolean hasOtherInputs(TapeIndex other, long upTo) {
        return mismatch(other, widened(inputHashes), widened(other.inputHashes), upTo) >= 0;
    }

    private long mismatch(TapeIndex other, long[] mine, long[] others, long upTo) {
        long from = Math.max(firstTick, other.firstTick);
        long to = Math.min(Math.min(lastTick(), other.lastTick()), upTo);
        if (from > Math.min(lastTick(), other.lastTick())) {
            throw new HorizonException(
                    "HZ-TAPE-010",
                    "one tape has ticks "
                            + firstTick
                            + " to "
                            + lastTick()
                            + " and the other "
                            + other.firstTick
                            + " to "
                            + other.lastTick()
                            + ": they have no tick to compare; choose two of one beginning");
        }
        if (from > to) {
            return -1;
        }
        int found =
                Arrays.mismatch(
                        mine,
                        (int) (from - firstTick),
                        (int) (to - firstTick) + 1,
                        others,
                        (int) (from - other.firstTick),
                        (int) (to - other.firstTick) + 1);
        return found < 0 ? -1 : from + found;
    }

    private static long[] widened(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private int at(long tick) {
        long index = tick - firstTick;
        if (index < 0 || index >= size) {
            throw new HorizonException(
                    "HZ-TAPE-020",
                    "the tape has ticks " + firstTick + " to " + lastTick() + ", not " + tick);
        }
        return (int) index;
    }
}
