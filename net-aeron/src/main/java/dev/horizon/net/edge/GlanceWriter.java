package dev.horizon.net.edge;

import dev.horizon.engine.channels.Flight;
import dev.horizon.engine.channels.PackedThree;
import dev.horizon.schemas.replication.GlanceEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import java.util.Arrays;

/**
 * Builds the Glance messages of one client's bundle: rows are appended to their groups in the order
 * of their handles. What doesn't fit a lean row is refused, and goes into a View. Once its arrays
 * have grown, it allocates nothing.
 */
final class GlanceWriter {
    /** The last version that knows no flights, and none of what came with them. */
    private static final int PLAIN_VERSION = 3;

    /** Bytes of such a message without any row, and of its length in the bundle. */
    private static final int PLAIN_BYTES =
            Short.BYTES + MessageHeaderEncoder.ENCODED_LENGTH + GlanceEncoder.BLOCK_LENGTH + 5 * 2;

    static final int NUDGED_BYTES = 3;
    static final int KICKED_BYTES = 9;
    static final int SETTLED_BYTES = 17;
    static final int TURNED_BYTES = 9;
    static final int SHIFTED_BYTES = 6;
    static final int STRIPPED_BYTES = 4;
    static final int STEERED_BYTES = 8;
    static final int GUIDED_BYTES = 10;
    static final int FLOWN_BYTES = 33;

    /** Bytes before the patches of one kind of component. */
    static final int PATCH_KIND_BYTES = 5;

    /** Bytes before the rows of one kind of component. */
    static final int KIND_BYTES = 6;

    private static final int NUDGED = 0;
    private static final int KICKED = 1;
    private static final int SETTLED = 2;
    private static final int TURNED = 3;
    private static final int SHIFTED = 4;
    private static final int STRIPPED = 5;
    private static final int STEERED = 6;
    private static final int GUIDED = 7;
    private static final int FLOWN = 8;
    private static final int SECTIONS = 9;
    private static final int[] ENTRY_BYTES = {
        NUDGED_BYTES,
        KICKED_BYTES,
        SETTLED_BYTES,
        TURNED_BYTES,
        SHIFTED_BYTES,
        STRIPPED_BYTES,
        STEERED_BYTES,
        GUIDED_BYTES,
        FLOWN_BYTES
    };

    /** What a message with flights has more: groups without rows. */
    private static final int FLIGHTS_BYTES = (SECTIONS - SHIFTED + 1) * 2;

    /** A step of this names no handle, but goes on by as much. */
    private static final int SKIP = 255;

    private static final int ROWS_MAX = 254;

    /** Rows of no handle before one of one. */
    private static final int SKIPS_MAX = 64;

    private static final int KINDS_MAX = 254;

    /** Of one kind of component: more would not fit 16 bits of length. */
    private static final int KIND_BYTES_MAX = 60_000;

    private final EdgeTracks tracks;
    private final EdgeParts parts;
    private final Bundle bundle;
    private final byte[][] sections = new byte[SECTIONS][];
    private final int[] lengths = new int[SECTIONS];
    private final int[] last = new int[SECTIONS];
    private byte[][] blocks = new byte[0][];
    private int[] blockLengths = new int[0];
    private int[] blockLast = new int[0];
    private int[] blocksUsed = new int[0];
    private int blockCount;
    private final Patches patches;
    private int emptyBytes = PLAIN_BYTES;
    private int bytes = PLAIN_BYTES;

    GlanceWriter(EdgeTracks tracks, EdgeParts parts, Bundle bundle) {
        this.tracks = tracks;
        this.parts = parts;
        this.bundle = bundle;
        this.patches = new Patches(parts);
        for (int section = 0; section < SECTIONS; section++) {
            sections[section] = new byte[(ROWS_MAX + 1) * ENTRY_BYTES[section]];
        }
        Arrays.fill(last, -1);
    }

    /** Another client's messages follow; only who knows flights is told of any. */
    void begin(boolean flies) {
        emptyBytes = flies ? PLAIN_BYTES + FLIGHTS_BYTES : PLAIN_BYTES;
        bytes = emptyBytes;
    }

    int bytes() {
        return bytes + patches.bytes();
    }

    /** Bytes of a message without any row, and of its length in the bundle. */
    int emptyBytes() {
        return emptyBytes;
    }

    boolean isEmpty() {
        return bytes() == emptyBytes;
    }

    /** True for handles that lean rows may name: one far beyond the others would cost too much. */
    static boolean canName(int handle) {
        return handle < SKIPS_MAX * SKIP;
    }

    /** True while rows of one more entity are sure to find room. */
    boolean hasRoom() {
        for (int section = 0; section < SECTIONS; section++) {
            if (lengths[section] >= (ROWS_MAX - SKIPS_MAX) * ENTRY_BYTES[section]) {
                return false;
            }
        }
        return patches.hasRoom();
    }

    /**
     * Copies a correction of which {@link EdgeTracks} kept the bytes; false where it is too large.
     */
    boolean corrected(int handle, int track) {
        byte[] from = tracks.correction;
        int at = track * EdgeTracks.CORRECTION_BYTES;
        if (tracks.kind[track] == EdgeTracks.NUDGED) {
            long offset = PackedThree.packOffsets(from[at], from[at + 1], from[at + 2]);
            if (offset != PackedThree.NONE) {
                int to = add(NUDGED, handle);
                LittleEndian.putShort(sections[NUDGED], to, (int) offset);
            }
            return offset != PackedThree.NONE;
        }
        long change =
                PackedThree.packChange(
                        from[at],
                        from[at + 1],
                        from[at + 2],
                        from[at + 3],
                        from[at + 4],
                        from[at + 5]);
        long pull =
                PackedThree.pack(
                        LittleEndian.getShort(from, at + 6),
                        LittleEndian.getShort(from, at + 8),
                        LittleEndian.getShort(from, at + 10));
        if (change == PackedThree.NONE || pull == PackedThree.NONE) {
            return false;
        }
        int to = add(KICKED, handle);
        LittleEndian.putInt(sections[KICKED], to, (int) change);
        LittleEndian.putInt(sections[KICKED], to + 4, (int) pull);
        return true;
    }

    void settled(int handle, short[] placeAndVelocity, int pull) {
        int to = add(SETTLED, handle);
        byte[] out = sections[SETTLED];
        for (int i = 0; i < 6; i++) {
            LittleEndian.putShort(out, to + 2 * i, placeAndVelocity[i]);
        }
        LittleEndian.putInt(out, to + 12, pull);
    }

    void turned(int handle, int attitude, int spin) {
        int to = add(TURNED, handle);
        LittleEndian.putInt(sections[TURNED], to, attitude);
        LittleEndian.putInt(sections[TURNED], to + 4, spin);
    }

    /** It is at another tier now; a row of {@link #flown} follows. */
    void shifted(int handle, int tier, EdgeChannel owner) {
        int to = name(SHIFTED, handle);
        byte[] out = sections[SHIFTED];
        out[to] = (byte) tier;
        out[to + 1] = (byte) owner.placeExponent;
        out[to + 2] = (byte) owner.velocityExponent;
        out[to + 3] = (byte) owner.accelerationExponent;
    }

    void stripped(int handle, int componentId) {
        int to = name(STRIPPED, handle);
        LittleEndian.putShort(sections[STRIPPED], to, componentId);
    }

    /** Bytes of the lean row for new controls, 0 where none holds them. */
    static int steeredBytes(byte[] controls, int at) {
        if (isCoarse(controls, at)) {
            return STEERED_BYTES;
        }
        return controls[at + 8] == 1 ? GUIDED_BYTES : 0;
    }

    private static boolean isCoarse(byte[] controls, int at) {
        return PackedThree.isCoarse(LittleEndian.getInt(controls, at))
                && PackedThree.isCoarse(LittleEndian.getInt(controls, at + 4))
                && controls[at + 8] >= 0
                && controls[at + 8] <= Flight.AGE_MAX;
    }

    /** New controls, of which {@link EdgeTracks} kept the bytes; {@link #steeredBytes} isn't 0. */
    void steered(int handle, int track) {
        byte[] from = tracks.correction;
        int at = track * EdgeTracks.CORRECTION_BYTES;
        int thrust = LittleEndian.getInt(from, at);
        int spin = LittleEndian.getInt(from, at + 4);
        if (!isCoarse(from, at)) {
            int to = name(GUIDED, handle);
            LittleEndian.putInt(sections[GUIDED], to, thrust);
            LittleEndian.putInt(sections[GUIDED], to + 4, spin);
            return;
        }
        int to = add(STEERED, handle);
        byte[] out = sections[STEERED];
        for (int axis = 0; axis < 3; axis++) {
            out[to + axis] = (byte) PackedThree.coarse(thrust, axis);
            out[to + 4 + axis] = (byte) PackedThree.coarse(spin, axis);
        }
        out[to + 3] =
                (byte)
                        (PackedThree.exponent(thrust)
                                | PackedThree.exponent(spin) << 2
                                | from[at + 8] << 4);
    }

    /** All of a flight, its place and velocity in steps of their grids. */
    void flown(int handle, Flight flight, int age, short[] placeAndVelocity) {
        int to = name(FLOWN, handle);
        byte[] out = sections[FLOWN];
        out[to] = (byte) age;
        for (int i = 0; i < 6; i++) {
            LittleEndian.putShort(out, to + 1 + 2 * i, placeAndVelocity[i]);
        }
        LittleEndian.putInt(out, to + 13, flight.attitudeCode());
        LittleEndian.putInt(out, to + 17, (int) flight.packedTurn());
        LittleEndian.putInt(out, to + 21, flight.packedThrust());
        LittleEndian.putInt(out, to + 25, flight.packedSpin());
        LittleEndian.putShort(out, to + 29, flight.rampSteps());
    }

    /**
     * What changed of a component's row, or what isn't zero of one that the client doesn't hold;
     * false where there is no room, or the row is shorter.
     */
    boolean patched(int handle, int cell, boolean isNew) {
        return patches.add(handle, cell, isNew);
    }

    /** A component's row, as it is held; false where there is no room. */
    boolean component(int handle, int cell) {
        int kind = parts.kindOf[cell];
        if (kind >= blocks.length) {
            growBlocks();
        }
        int rowBytes = parts.rowBytes[kind];
        int at = blockLengths[kind];
        int skips = at == 0 ? handle / SKIP : (handle - blockLast[kind] - 1) / SKIP;
        int more = (1 + skips) * (1 + rowBytes);
        if (at + more > KIND_BYTES_MAX || (at == 0 && blockCount == KINDS_MAX)) {
            return false;
        }
        if (at == 0) {
            blocksUsed[blockCount++] = kind;
            blockLast[kind] = -1;
            bytes += KIND_BYTES;
        }
        byte[] out = blocks[kind];
        if (at + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, at + more));
            blocks[kind] = out;
        }
        int step = handle - blockLast[kind] - 1;
        for (; step >= SKIP; step -= SKIP) {
            Arrays.fill(out, at, at + 1 + rowBytes, (byte) 0);
            out[at] = (byte) SKIP;
            at += 1 + rowBytes;
        }
        out[at] = (byte) step;
        System.arraycopy(parts.rows[kind], parts.rowAt(cell), out, at + 1, rowBytes);
        blockLengths[kind] = at + 1 + rowBytes;
        blockLast[kind] = handle;
        bytes += more;
        return true;
    }

    /** Ends the message and begins the next. */
    void finish(long tick, int inputSequence) {
        boolean flies = hasFlights();
        int size = flies ? bytes() : bytes() - emptyBytes + PLAIN_BYTES;
        byte[] out = bundle.ensure(size);
        int at = bundle.length;
        LittleEndian.putShort(out, at, size - Short.BYTES);
        LittleEndian.putShort(out, at + 2, GlanceEncoder.BLOCK_LENGTH);
        LittleEndian.putShort(out, at + 4, GlanceEncoder.TEMPLATE_ID);
        LittleEndian.putShort(out, at + 6, GlanceEncoder.SCHEMA_ID);
        LittleEndian.putShort(out, at + 8, flies ? GlanceEncoder.SCHEMA_VERSION : PLAIN_VERSION);
        LittleEndian.putShort(out, at + 10, (int) tick);
        LittleEndian.putShort(out, at + 12, inputSequence);
        at += 14;
        for (int section = 0; section < SHIFTED; section++) {
            at = section(out, at, section);
        }
        out[at] = KIND_BYTES - 2;
        out[at + 1] = (byte) blockCount;
        at += 2;
        for (int i = 0; i < blockCount; i++) {
            int kind = blocksUsed[i];
            int length = blockLengths[kind];
            LittleEndian.putShort(out, at, parts.componentId[kind]);
            LittleEndian.putShort(out, at + 2, parts.rowBytes[kind]);
            LittleEndian.putShort(out, at + 4, length);
            System.arraycopy(blocks[kind], 0, out, at + KIND_BYTES, length);
            at += KIND_BYTES + length;
            blockLengths[kind] = 0;
        }
        blockCount = 0;
        if (flies) {
            for (int section = SHIFTED; section < SECTIONS; section++) {
                at = section(out, at, section);
            }
            at = patches.finish(out, at);
        }
        bundle.length = at;
        bytes = emptyBytes;
    }

    /** True for a message with rows that older clients don't know. */
    private boolean hasFlights() {
        int all = patches.bytes();
        for (int section = SHIFTED; section < SECTIONS; section++) {
            all += lengths[section];
        }
        return all > 0;
    }

    private int section(byte[] out, int at, int section) {
        int length = lengths[section];
        out[at] = (byte) ENTRY_BYTES[section];
        out[at + 1] = (byte) (length / ENTRY_BYTES[section]);
        System.arraycopy(sections[section], 0, out, at + 2, length);
        lengths[section] = 0;
        last[section] = -1;
        return at + 2 + length;
    }

    /** The same of a group whose rows name their handle outright, for they are few. */
    private int name(int section, int handle) {
        int at = lengths[section];
        LittleEndian.putShort(sections[section], at, handle);
        lengths[section] = at + ENTRY_BYTES[section];
        bytes += ENTRY_BYTES[section];
        return at + Short.BYTES;
    }

    /** Appends a row but for what follows its step; answers where that goes. */
    private int add(int section, int handle) {
        byte[] out = sections[section];
        int each = ENTRY_BYTES[section];
        int at = lengths[section];
        int step = handle - last[section] - 1;
        for (; step >= SKIP; step -= SKIP) {
            Arrays.fill(out, at, at + each, (byte) 0);
            out[at] = (byte) SKIP;
            at += each;
        }
        out[at] = (byte) step;
        bytes += at + each - lengths[section];
        lengths[section] = at + each;
        last[section] = handle;
        return at + 1;
    }

    private void growBlocks() {
        int before = blocks.length;
        int kinds = parts.kindCount;
        blocks = Arrays.copyOf(blocks, kinds);
        blockLengths = Arrays.copyOf(blockLengths, kinds);
        blockLast = Arrays.copyOf(blockLast, kinds);
        blocksUsed = Arrays.copyOf(blocksUsed, kinds);
        for (int kind = before; kind < kinds; kind++) {
            blocks[kind] = new byte[256];
        }
    }
}
