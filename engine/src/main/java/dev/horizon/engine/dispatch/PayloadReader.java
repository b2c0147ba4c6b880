package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the fields of one event payload in order and refuses what no field can be. Reused from
 * payload to payload by one thread; allocates the texts, lists and ids that it returns alone.
 */
public final class PayloadReader {
    private DirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int offset;
    private int end;

    /** Starts on a payload. */
    public PayloadReader wrap(DirectBuffer source, int from, int length) {
        buffer = source;
        offset = from;
        end = from + length;
        return this;
    }

    /** Bytes not read yet. */
    int remaining() {
        return end - offset;
    }

    boolean readBoolean() {
        byte value = buffer.getByte(take(1));
        if (value != 0 && value != 1) {
            throw outOfRange("a boolean", value);
        }
        return value == 1;
    }

    int readInt() {
        return buffer.getInt(take(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    long readLong() {
        return buffer.getLong(take(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    float readFloat() {
        float value = buffer.getFloat(take(Float.BYTES), ByteOrder.LITTLE_ENDIAN);
        if (!Float.isFinite(value)) {
            throw Payloads.notFinite(value);
        }
        return value;
    }

    double readDouble() {
        double value = buffer.getDouble(take(Double.BYTES), ByteOrder.LITTLE_ENDIAN);
        if (!Double.isFinite(value)) {
            throw Payloads.notFinite(value);
        }
        return value;
    }

    EntityId readEntity() {
        long value = readLong();
        return value == 0 ? EntityId.NONE : new EntityId(value);
    }

    String readText() {
        int length = readUnsignedShort();
        if (length > Payloads.TEXT_BYTES_MAX) {
            throw Payloads.textTooLong(length);
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(take(length), bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0
                && !Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
            throw new HorizonException("HZ-EVT-005", "a text isn't UTF-8; encode it as UTF-8");
        }
        return text;
    }

    /** An enum's constant by ordinal. */
    Object readConstant(Object[] constants) {
        int ordinal = buffer.getByte(take(1)) & 0xFF;
        if (ordinal >= constants.length) {
            throw outOfRange("one of " + Arrays.toString(constants), ordinal);
        }
        return constants[ordinal];
    }

    /** A list whose elements a handle of type (PayloadReader)Object reads. */
    List<Object> readList(MethodHandle element) throws Throwable {
        int count = readUnsignedShort();
        if (count > Payloads.LIST_ELEMENTS_MAX) {
            throw Payloads.listTooLong(count);
        }
        List<Object> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add((Object) element.invokeExact(this));
        }
        return List.copyOf(list);
    }

    private int readUnsignedShort() {
        return buffer.getShort(take(Short.BYTES), ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private int take(int bytes) {
        if (bytes > end - offset) {
            throw new HorizonException(
                    "HZ-EVT-001",
                    "the payload ends where "
                            + bytes
                            + " more bytes are due; send every field of the event");
        }
        int at = offset;
        offset += bytes;
        return at;
    }

    private static HorizonException outOfRange(String expected, int value) {
        return new HorizonException(
                "HZ-EVT-004", "a field is " + value + " where it must be " + expected);
    }
}
