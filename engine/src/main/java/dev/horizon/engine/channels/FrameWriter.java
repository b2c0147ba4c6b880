package dev.horizon.engine.channels;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Builds one Frame message: rows are appended to their groups in any order, and {@link #finish}
 * lays the groups out one behind the other. Once its sections have grown, it allocates nothing. Not
 * thread-safe.
 */
public final class FrameWriter {
    /** Bit of {@code flags}: receivers drop what they held of the channel. */
    public static final int KEYFRAME = 1;

    /** Bit of {@code flags}: the rest of this keyframe follows in the next frame. */
    public static final int MORE = 2;

    /** Bytes of a frame without any row. */
    public static final int EMPTY_BYTES = MessageHeaderEncoder.ENCODED_LENGTH + 28 + 13 * 4;

    /** What one step of a narrow angular velocity is, radians per second. */
    public static final double SPIN_STEP = 0x1p-12;

    private static final int LEFT = 0;
    private static final int ENTERED = 1;
    private static final int NUDGED = 2;
    private static final int KICKED = 3;
    private static final int RESTING = 4;
    private static final int COASTING = 5;
    private static final int DRIVEN = 6;
    private static final int WIDE = 7;
    private static final int TURNED = 8;
    private static final int STRIPPED = 9;
    private static final int STEERED = 10;
    private static final int FLOWN = 11;
    private static final int SECTIONS = 12;

    private static final int[] ROW_BYTES = {3, 24, 5, 14, 8, 14, 20, 38, 12, 4, 11, 56};
    private static final int NARROW_MAX = Short.MAX_VALUE;

    private final FrameSection[] sections = new FrameSection[SECTIONS];
    private final ComponentBlocks blocks = new ComponentBlocks();
    private int bytes = EMPTY_BYTES;
    private int rows;

    private long channelId;
    private long tick;
    private float cellEdge;
    private int placeExponent;
    private double middleX;
    private double middleY;
    private double middleZ;
    private double placeSteps;
    private double velocitySteps;
    private double accelerationSteps;

    /** Makes an empty writer. */
    public FrameWriter() {
        for (int i = 0; i < SECTIONS; i++) {
            sections[i] = new FrameSection(ROW_BYTES[i]);
        }
    }

    /**
     * Declares a component whose rows can be written.
     *
     * @return its block, for {@link #row} and {@link #commitRow}
     */
    public int block(int componentId, int rowBytes) {
        return blocks.open(componentId, rowBytes);
    }

    /** Starts a frame of a channel; drops what was not finished. */
    public void begin(long newChannelId, long newTick, float edge, int exponent) {
        channelId = newChannelId;
        tick = newTick;
        cellEdge = edge;
        placeExponent = exponent;
        middleX = ChannelId.middle(ChannelId.cellX(newChannelId), edge);
        middleY = ChannelId.middle(ChannelId.cellY(newChannelId), edge);
        middleZ = ChannelId.middle(ChannelId.cellZ(newChannelId), edge);
        placeSteps = steps(exponent);
        velocitySteps = steps(velocityExponent(exponent));
        accelerationSteps = steps(accelerationExponent(exponent));
        clear();
    }

    /**
     * Exponent of a narrow velocity's step. Two below the place's, an unaccelerated row stays
     * within the error bound for some ten seconds.
     */
    public static int velocityExponent(int placeExponent) {
        return placeExponent - 2;
    }

    /** Exponent of a narrow acceleration's step, chosen like the velocity's. */
    public static int accelerationExponent(int placeExponent) {
        return placeExponent - 4;
    }

    /** Exponent of the step in which a kick corrects a velocity. */
    public static int kickExponent(int placeExponent) {
        return velocityExponent(placeExponent) + 2;
    }

    /** Exponent of the largest power of two that is at most half an error bound. */
    public static int placeExponent(double errorMetres) {
        return Math.getExponent(errorMetres * 0.5);
    }

    /** Bytes of the frame so far. */
    public int bytes() {
        return bytes;
    }

    /** Rows so far. */
    public int rows() {
        return rows;
    }

    /** True while no row was appended. */
    public boolean isEmpty() {
        return bytes == EMPTY_BYTES;
    }

    /** Appends a slot that is freed. */
    public void left(int slot, boolean gone) {
        FrameSection out = sections[LEFT];
        int at = add(out, slot);
        out.putByte(at + 2, gone ? 1 : 0);
    }

    /** Appends an entity that is new in the channel. */
    public void entered(
            int slot, int generation, int sizeClass, float radius, long entityId, long parentId) {
        FrameSection out = sections[ENTERED];
        int at = add(out, slot);
        out.putByte(at + 2, generation);
        out.putByte(at + 3, sizeClass);
        out.putFloat(at + 4, radius);
        out.putLong(at + 8, entityId);
        out.putLong(at + 16, parentId);
    }

    /**
     * Appends a place row in the narrowest form that holds it.
     *
     * @param track place, velocity and acceleration, three numbers each, at {@code at}; replaced by
     *     what the receiver decodes
     */
    public void place(int slot, double[] track, int at) {
        double x = Math.rint((track[at] - middleX) * placeSteps);
        double y = Math.rint((track[at + 1] - middleY) * placeSteps);
        double z = Math.rint((track[at + 2] - middleZ) * placeSteps);
        // Adding zero drops its sign, which integers don't have: both ends hold the same bits.
        double vx = Math.rint(track[at + 3] * velocitySteps) + 0.0;
        double vy = Math.rint(track[at + 4] * velocitySteps) + 0.0;
        double vz = Math.rint(track[at + 5] * velocitySteps) + 0.0;
        PackedThree.round(track, at + 6, 1 / accelerationSteps);
        double ax = Math.rint(track[at + 6] * accelerationSteps) + 0.0;
        double ay = Math.rint(track[at + 7] * accelerationSteps) + 0.0;
        double az = Math.rint(track[at + 8] * accelerationSteps) + 0.0;
        double step = 1 / placeSteps;
        if (!isNarrow(x, y, z) || !isNarrow(vx, vy, vz) || !isNarrow(ax, ay, az)) {
            wide(slot, (int) x, (int) y, (int) z, track, at + 3);
            track[at] = middleX + (int) x * step;
            track[at + 1] = middleY + (int) y * step;
            track[at + 2] = middleZ + (int) z * step;
            return;
        }
        track[at] = middleX + x * step;
        track[at + 1] = middleY + y * step;
        track[at + 2] = middleZ + z * step;
        boolean moves = vx != 0 || vy != 0 || vz != 0;
        boolean accelerates = ax != 0 || ay != 0 || az != 0;
        int group = accelerates ? DRIVEN : moves ? COASTING : RESTING;
        FrameSection out = sections[group];
        int entry = add(out, slot);
        three(out, entry + 2, x, y, z);
        if (moves || accelerates) {
            three(out, entry + 8, vx, vy, vz);
        }
        if (accelerates) {
            three(out, entry + 14, ax, ay, az);
        }
        track[at + 3] = vx / velocitySteps;
        track[at + 4] = vy / velocitySteps;
        track[at + 5] = vz / velocitySteps;
        track[at + 6] = ax / accelerationSteps;
        track[at + 7] = ay / accelerationSteps;
        track[at + 8] = az / accelerationSteps;
    }

    /** Appends a correction of the place that receivers extrapolate, in steps of a place. */
    public void nudged(int slot, int dx, int dy, int dz) {
        FrameSection out = sections[NUDGED];
        offsets(out, add(out, slot) + 2, dx, dy, dz);
    }

    /**
     * Appends a correction of place and velocity and a new acceleration, in steps of a place, of
     * {@link #kickExponent} and of an acceleration.
     */
    public void kicked(
            int slot, int dx, int dy, int dz, int dvx, int dvy, int dvz, int ax, int ay, int az) {
        FrameSection out = sections[KICKED];
        int at = add(out, slot);
        offsets(out, at + 2, dx, dy, dz);
        offsets(out, at + 5, dvx, dvy, dvz);
        three(out, at + 8, ax, ay, az);
    }

    /**
     * Appends an attitude row.
     *
     * @param spin angular velocity at {@code at}; replaced by what the receiver decodes
     */
    public void turned(int slot, int attitude, double[] spin, int at) {
        PackedThree.round(spin, at, SPIN_STEP);
        int wx = spinSteps(spin[at]);
        int wy = spinSteps(spin[at + 1]);
        int wz = spinSteps(spin[at + 2]);
        FrameSection out = sections[TURNED];
        int entry = add(out, slot);
        out.putInt(entry + 2, attitude);
        three(out, entry + 6, wx, wy, wz);
        spin[at] = wx * SPIN_STEP;
        spin[at + 1] = wy * SPIN_STEP;
        spin[at + 2] = wz * SPIN_STEP;
    }

    /** Appends new controls of what is steered, that have held for some ticks by the frame's. */
    void steered(int slot, int thrust, int spin, int age) {
        FrameSection out = sections[STEERED];
        int at = add(out, slot);
        out.putInt(at + 2, thrust);
        out.putInt(at + 6, spin);
        out.putByte(at + 10, age);
    }

    /**
     * Appends all of what is steered.
     *
     * @param track its place and velocity at {@code from}, on their grids
     * @param turn its angular velocity, packed
     */
    void flown(int slot, double[] track, int from, int turn, Flight flight) {
        FrameSection out = sections[FLOWN];
        int at = add(out, slot);
        for (int axis = 0; axis < 3; axis++) {
            out.putDouble(at + 2 + 8 * axis, track[from + axis]);
            out.putFloat(at + 26 + 4 * axis, (float) track[from + 3 + axis]);
        }
        out.putInt(at + 38, flight.attitudeCode());
        out.putInt(at + 42, turn);
        out.putInt(at + 46, flight.packedThrust());
        out.putInt(at + 50, flight.packedSpin());
        out.putShort(at + 54, flight.rampSteps());
    }

    /** Appends a component that an entity no longer has. */
    public void stripped(int slot, int componentId) {
        FrameSection out = sections[STRIPPED];
        out.putShort(add(out, slot) + 2, componentId);
    }

    /** Where the bytes of the block's next row go, at {@link #rowOffset}. */
    public MutableDirectBuffer row(int block) {
        return blocks.row(block);
    }

    /** Offset in {@link #row}'s buffer. */
    public int rowOffset(int block) {
        return blocks.rowOffset(block);
    }

    /** Appends the row whose bytes were written to {@link #row}. */
    public void commitRow(int block, int slot) {
        bytes += blocks.commit(block, slot);
        rows++;
    }

    /**
     * Writes the message, header included, and empties the writer for the channel's next frame.
     *
     * @return its length, what {@link #bytes} said
     */
    public int finish(MutableDirectBuffer out, int offset, int sequence, int flags) {
        int at = offset;
        out.putShort(at, (short) FrameEncoder.BLOCK_LENGTH, LITTLE_ENDIAN);
        out.putShort(at + 2, (short) FrameEncoder.TEMPLATE_ID, LITTLE_ENDIAN);
        out.putShort(at + 4, (short) FrameEncoder.SCHEMA_ID, LITTLE_ENDIAN);
        out.putShort(at + 6, (short) FrameEncoder.SCHEMA_VERSION, LITTLE_ENDIAN);
        at += MessageHeaderEncoder.ENCODED_LENGTH;
        out.putLong(at, channelId, LITTLE_ENDIAN);
        out.putLong(at + 8, tick, LITTLE_ENDIAN);
        out.putInt(at + 16, sequence, LITTLE_ENDIAN);
        out.putFloat(at + 20, cellEdge, LITTLE_ENDIAN);
        out.putByte(at + 24, (byte) flags);
        out.putByte(at + 25, (byte) placeExponent);
        out.putByte(at + 26, (byte) velocityExponent(placeExponent));
        out.putByte(at + 27, (byte) accelerationExponent(placeExponent));
        at += FrameEncoder.BLOCK_LENGTH;
        for (int section = 0; section < STEERED; section++) {
            at = section(out, at, section);
        }
        at = blocks.write(out, at);
        // What version 4 added comes behind all that older receivers look for.
        for (int section = STEERED; section < SECTIONS; section++) {
            at = section(out, at, section);
        }
        clear();
        return at - offset;
    }

    private int section(MutableDirectBuffer out, int at, int index) {
        FrameSection section = sections[index];
        int length = section.length();
        out.putShort(at, (short) section.rowBytes, LITTLE_ENDIAN);
        out.putShort(at + 2, (short) (length / section.rowBytes), LITTLE_ENDIAN);
        out.putBytes(at + 4, section.bytes(), 0, length);
        return at + 4 + length;
    }

    private void wide(int slot, int x, int y, int z, double[] motion, int at) {
        FrameSection out = sections[WIDE];
        int entry = add(out, slot);
        out.putInt(entry + 2, x);
        out.putInt(entry + 6, y);
        out.putInt(entry + 10, z);
        for (int i = 0; i < 6; i++) {
            float value = (float) motion[at + i];
            out.putFloat(entry + 14 + 4 * i, value);
            motion[at + i] = value;
        }
    }

    private int add(FrameSection section, int slot) {
        rows++;
        bytes += section.rowBytes;
        return section.add(slot);
    }

    private void clear() {
        for (FrameSection section : sections) {
            section.clear();
        }
        blocks.clear();
        bytes = EMPTY_BYTES;
        rows = 0;
    }

    private static void offsets(FrameSection out, int at, int x, int y, int z) {
        out.putByte(at, x);
        out.putByte(at + 1, y);
        out.putByte(at + 2, z);
    }

    private static void three(FrameSection out, int at, double first, double second, double third) {
        out.putShort(at, (int) first);
        out.putShort(at + 2, (int) second);
        out.putShort(at + 4, (int) third);
    }

    /** Steps per unit; exact, because it is a power of two. */
    private static double steps(int exponent) {
        return Math.scalb(1.0, -exponent);
    }

    /** False for NaN too. */
    private static boolean isNarrow(double first, double second, double third) {
        return Math.abs(first) <= NARROW_MAX
                && Math.abs(second) <= NARROW_MAX
                && Math.abs(third) <= NARROW_MAX;
    }

    private static int spinSteps(double radiansPerSecond) {
        double steps = Math.rint(radiansPerSecond / SPIN_STEP);
        return (int) Math.max(-NARROW_MAX, Math.min(NARROW_MAX, steps));
    }
}
