package dev.horizon.engine.channels;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Rows of one kind, one behind the other; grows as it needs. */
final class FrameSection {
    private static final int CAPACITY_MIN = 1 << 15;

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);

    final int rowBytes;

    private byte[] bytes = new byte[CAPACITY_MIN];
    private int length;

    FrameSection(int rowBytes) {
        this.rowBytes = rowBytes;
    }

    private static VarHandle view(Class<?> numbers) {
        return MethodHandles.byteArrayViewVarHandle(numbers, LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }

    /** Where the bytes are; replaced when it grows. */
    byte[] bytes() {
        return bytes;
    }

    /** Bytes of all rows. */
    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Appends a row; answers where. */
    int add(int slot) {
        int at = length;
        length = at + rowBytes;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
        }
        putShort(at, slot);
        return at;
    }

    void putByte(int at, int value) {
        bytes[at] = (byte) value;
    }

    void putShort(int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    void putInt(int at, int value) {
        INTS.set(bytes, at, value);
    }

    void putLong(int at, long value) {
        LONGS.set(bytes, at, value);
    }

    void putFloat(int at, float value) {
        FLOATS.set(bytes, at, value);
    }

    void putDouble(int at, double value) {
        DOUBLES.set(bytes, at, value);
    }
}
