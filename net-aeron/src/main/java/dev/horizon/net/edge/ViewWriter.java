package dev.horizon.net.edge;

import dev.horizon.engine.channels.Flight;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import dev.horizon.schemas.replication.ViewEncoder;
import java.util.Arrays;

/**
 * Builds the View messages of one client's bundle: rows are appended to their groups in any order,
 * and laid out one group behind the other when a message ends. Once its arrays have grown, it
 * allocates nothing.
 */
final class ViewWriter {
    /** The last version whose block has no origin, and the block's bytes then. */
    private static final int OLDER_VERSION = 2;

    private static final int OLDER_BLOCK_BYTES = 13;

    /** The last version that has no groups of flights. */
    private static final int PLAIN_VERSION = 3;

    /** Bytes of a message without any row, nor an origin, and of its length in the bundle. */
    static final int EMPTY_BYTES =
            Short.BYTES + MessageHeaderEncoder.ENCODED_LENGTH + OLDER_BLOCK_BYTES + 9 * 4;

    /** Bytes that an origin takes. */
    static final int ORIGIN_BYTES = 24;

    static final int LEFT_BYTES = 3;
    static final int ENTERED_BYTES = 27;
    static final int PLACED_BYTES = 66;
    static final int NUDGED_BYTES = 5;
    static final int KICKED_BYTES = 14;
    static final int FACED_BYTES = 16;
    static final int TURNED_BYTES = 12;
    static final int STRIPPED_BYTES = 4;
    static final int STEERED_BYTES = 11;
    static final int FLOWN_BYTES = 60;

    /** Bytes that a message with flights has more. */
    static final int FLIGHTS_BYTES = 2 * 4;

    /** Bytes before the rows of one kind of component. */
    static final int KIND_BYTES = 8;

    private static final int LEFT = 0;
    private static final int ENTERED = 1;
    private static final int PLACED = 2;
    private static final int NUDGED = 3;
    private static final int KICKED = 4;
    private static final int FACED = 5;
    private static final int TURNED = 6;
    private static final int STRIPPED = 7;
    private static final int STEERED = 8;
    private static final int FLOWN = 9;
    private static final int SECTIONS = 10;
    private static final int[] ENTRY_BYTES = {
        LEFT_BYTES, ENTERED_BYTES, PLACED_BYTES, NUDGED_BYTES,
        KICKED_BYTES, FACED_BYTES, TURNED_BYTES, STRIPPED_BYTES,
        STEERED_BYTES, FLOWN_BYTES
    };
    private static final int SECTION_BYTES_FIRST = 1_024;
    private static final int FRESH = 1;

    private final EdgeTracks tracks;
    private final EdgeParts parts;
    private final byte[][] sections = new byte[SECTIONS][SECTION_BYTES_FIRST];
    private final int[] lengths = new int[SECTIONS];
    private byte[][] blocks = new byte[0][];
    private int[] blockLengths = new int[0];
    private int[] blocksUsed = new int[0];
    private int blockCount;
    private final double[] numbers = new double[EdgeTracks.MOTION];
    private int bytes = EMPTY_BYTES;
    private final Bundle bundle;

    ViewWriter(EdgeTracks tracks, EdgeParts parts, Bundle bundle) {
        this.tracks = tracks;
        this.parts = parts;
        this.bundle = bundle;
    }

    /** Bytes of the message so far. */
    int bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return bytes == EMPTY_BYTES;
    }

    void left(int handle, boolean gone) {
        int at = add(LEFT);
        byte[] out = sections[LEFT];
        LittleEndian.putShort(out, at, handle);
        out[at + 2] = (byte) (gone ? 1 : 0);
    }

    void entered(
            int handle,
            int tier,
            int sizeClass,
            float radius,
            long id,
            long parentId,
            int placeExponent,
            int velocityExponent,
            int accelerationExponent) {
        int at = add(ENTERED);
        byte[] out = sections[ENTERED];
        LittleEndian.putShort(out, at, handle);
        out[at + 2] = (byte) tier;
        out[at + 3] = (byte) sizeClass;
        LittleEndian.putFloat(out, at + 4, radius);
        LittleEndian.putLong(out, at + 8, id);
        LittleEndian.putLong(out, at + 16, parentId);
        out[at + 24] = (byte) placeExponent;
        out[at + 25] = (byte) velocityExponent;
        out[at + 26] = (byte) accelerationExponent;
    }

    void placed(int handle, int track, long tick) {
        int at = add(PLACED);
        byte[] out = sections[PLACED];
        double[] motion = tracks.motion;
        int from = track * EdgeTracks.MOTION;
        LittleEndian.putShort(out, at, handle);
        LittleEndian.putInt(out, at + 2, (int) (tick - tracks.placeTick[track]));
        for (int i = 0; i < 6; i++) {
            LittleEndian.putDouble(out, at + 6 + 8 * i, motion[from + i]);
        }
        for (int i = 0; i < 3; i++) {
            LittleEndian.putFloat(out, at + 54 + 4 * i, (float) motion[from + 6 + i]);
        }
    }

    void nudged(int handle, int track) {
        copy(NUDGED, handle, tracks.correction, track * EdgeTracks.CORRECTION_BYTES);
    }

    void kicked(int handle, int track) {
        copy(KICKED, handle, tracks.correction, track * EdgeTracks.CORRECTION_BYTES);
    }

    void turned(int handle, int track) {
        copy(TURNED, handle, tracks.turn, track * EdgeTracks.TURN_BYTES);
    }

    void faced(int handle, int track, long tick) {
        int at = add(FACED);
        byte[] out = sections[FACED];
        LittleEndian.putShort(out, at, handle);
        LittleEndian.putInt(out, at + 2, (int) (tick - tracks.turnTick[track]));
        System.arraycopy(
                tracks.turn, track * EdgeTracks.TURN_BYTES, out, at + 6, EdgeTracks.TURN_BYTES);
    }

    void stripped(int handle, int componentId) {
        int at = add(STRIPPED);
        LittleEndian.putShort(sections[STRIPPED], at, handle);
        LittleEndian.putShort(sections[STRIPPED], at + 2, componentId);
    }

    /** Copies new controls, of which {@link EdgeTracks} kept the bytes. */
    void steered(int handle, int track) {
        copy(STEERED, handle, tracks.correction, track * EdgeTracks.CORRECTION_BYTES);
    }

    void flown(int handle, Flight flight, long tick) {
        int at = add(FLOWN);
        byte[] out = sections[FLOWN];
        flight.track(numbers, 0);
        LittleEndian.putShort(out, at, handle);
        LittleEndian.putInt(out, at + 2, (int) (tick - flight.tick()));
        for (int axis = 0; axis < 3; axis++) {
            LittleEndian.putDouble(out, at + 6 + 8 * axis, numbers[axis]);
            LittleEndian.putFloat(out, at + 30 + 4 * axis, (float) numbers[3 + axis]);
        }
        LittleEndian.putInt(out, at + 42, flight.attitudeCode());
        LittleEndian.putInt(out, at + 46, (int) flight.packedTurn());
        LittleEndian.putInt(out, at + 50, flight.packedThrust());
        LittleEndian.putInt(out, at + 54, flight.packedSpin());
        LittleEndian.putShort(out, at + 58, flight.rampSteps());
    }

    /** A component's row, as it is held. */
    void component(int handle, int cell) {
        int kind = parts.kindOf[cell];
        if (kind >= blocks.length) {
            growBlocks();
        }
        int rowBytes = parts.rowBytes[kind];
        int at = blockLengths[kind];
        if (at == 0) {
            blocksUsed[blockCount++] = kind;
            bytes += KIND_BYTES;
        }
        byte[] out = blocks[kind];
        int length = 2 + rowBytes;
        if (at + length > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, at + length));
            blocks[kind] = out;
        }
        LittleEndian.putShort(out, at, handle);
        System.arraycopy(parts.rows[kind], parts.rowAt(cell), out, at + 2, rowBytes);
        blockLengths[kind] = at + length;
        bytes += length;
    }

    /** True for a message that has to tell an origin, as all do that have flights. */
    boolean hasFlights() {
        return lengths[STEERED] + lengths[FLOWN] > 0;
    }

    /** Ends the message and begins the next. */
    void finish(long tick, int inputSequence, boolean fresh) {
        head(tick, inputSequence, fresh, OLDER_VERSION, OLDER_BLOCK_BYTES);
        body(false);
    }

    /** The same, with the origin of the places in the glances that follow. */
    void finish(long tick, int inputSequence, boolean fresh, double[] origin) {
        boolean flies = hasFlights();
        int version = flies ? ViewEncoder.SCHEMA_VERSION : PLAIN_VERSION;
        bytes += flies ? FLIGHTS_BYTES : 0;
        head(tick, inputSequence, fresh, version, ViewEncoder.BLOCK_LENGTH);
        byte[] out = bundle.bytes;
        for (int axis = 0; axis < 3; axis++) {
            LittleEndian.putDouble(out, bundle.length, origin[axis]);
            bundle.length += Double.BYTES;
        }
        body(flies);
    }

    private void head(long tick, int inputSequence, boolean fresh, int version, int blockLength) {
        int length = bytes + blockLength - OLDER_BLOCK_BYTES;
        byte[] out = bundle.ensure(length);
        int at = bundle.length;
        LittleEndian.putShort(out, at, length - Short.BYTES);
        LittleEndian.putShort(out, at + 2, blockLength);
        LittleEndian.putShort(out, at + 4, ViewEncoder.TEMPLATE_ID);
        LittleEndian.putShort(out, at + 6, ViewEncoder.SCHEMA_ID);
        LittleEndian.putShort(out, at + 8, version);
        LittleEndian.putLong(out, at + 10, tick);
        LittleEndian.putInt(out, at + 18, inputSequence);
        out[at + 22] = (byte) (fresh ? FRESH : 0);
        bundle.length = at + 23;
    }

    private void body(boolean flies) {
        byte[] out = bundle.bytes;
        int at = bundle.length;
        for (int section = 0; section < STEERED; section++) {
            at = section(out, at, section);
        }
        LittleEndian.putShort(out, at, 4);
        LittleEndian.putShort(out, at + 2, blockCount);
        at += 4;
        for (int i = 0; i < blockCount; i++) {
            int kind = blocksUsed[i];
            int length = blockLengths[kind];
            LittleEndian.putShort(out, at, parts.componentId[kind]);
            LittleEndian.putShort(out, at + 2, parts.rowBytes[kind]);
            LittleEndian.putInt(out, at + 4, length);
            System.arraycopy(blocks[kind], 0, out, at + KIND_BYTES, length);
            at += KIND_BYTES + length;
            blockLengths[kind] = 0;
        }
        for (int section = STEERED; flies && section < SECTIONS; section++) {
            at = section(out, at, section);
        }
        bundle.length = at;
        blockCount = 0;
        bytes = EMPTY_BYTES;
    }

    private int section(byte[] out, int at, int section) {
        int length = lengths[section];
        LittleEndian.putShort(out, at, ENTRY_BYTES[section]);
        LittleEndian.putShort(out, at + 2, length / ENTRY_BYTES[section]);
        System.arraycopy(sections[section], 0, out, at + 4, length);
        lengths[section] = 0;
        return at + 4 + length;
    }

    private void copy(int section, int handle, byte[] from, int offset) {
        int at = add(section);
        byte[] out = sections[section];
        LittleEndian.putShort(out, at, handle);
        System.arraycopy(from, offset, out, at + 2, ENTRY_BYTES[section] - 2);
    }

    private int add(int section) {
        int at = lengths[section];
        int length = at + ENTRY_BYTES[section];
        if (length > sections[section].length) {
            sections[section] = Arrays.copyOf(sections[section], length * 2);
        }
        lengths[section] = length;
        bytes += ENTRY_BYTES[section];
        return at;
    }

    private void growBlocks() {
        int before = blocks.length;
        int kinds = parts.kindCount;
        blocks = Arrays.copyOf(blocks, kinds);
        blockLengths = Arrays.copyOf(blockLengths, kinds);
        blocksUsed = Arrays.copyOf(blocksUsed, kinds);
        for (int kind = before; kind < kinds; kind++) {
            blocks[kind] = new byte[256];
        }
    }
}
