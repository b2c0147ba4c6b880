package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Writes the fields of one event payload in order. Reused by one thread; allocates nothing. */
public final class PayloadWriter {
    private MutableDirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int start;
    private int offset;
    private int end;

    /** Starts a payload that may take up to {@code length} bytes. */
    public PayloadWriter wrap(MutableDirectBuffer target, int from, int length) {
        buffer = target;
        start = from;
        offset = from;
        end = from + length;
        return this;
    }

    /** Bytes written so far. */
    public int length() {
        return offset - start;
    }

    void writeBoolean(boolean value) {
        buffer.putByte(take(1), value ? (byte) 1 : 0);
    }

    void writeInt(int value) {
        buffer.putInt(take(Integer.BYTES), value, ByteOrder.LITTLE_ENDIAN);
    }

    void writeLong(long value) {
        buffer.putLong(take(Long.BYTES), value, ByteOrder.LITTLE_ENDIAN);
    }

    void writeFloat(float value) {
        if (!Float.isFinite(value)) {
            throw Payloads.notFinite(value);
        }
        buffer.putFloat(take(Float.BYTES), value, ByteOrder.LITTLE_ENDIAN);
    }

    void writeDouble(double value) {
        if (!Double.isFinite(value)) {
            throw Payloads.notFinite(value);
        }
        buffer.putDouble(take(Double.BYTES), value, ByteOrder.LITTLE_ENDIAN);
    }

    void writeEntity(@Nullable EntityId value) {
        writeLong(value == null ? 0 : value.value());
    }

    void writeText(@Nullable String text) {
        if (text == null) {
            throw Payloads.missing("a text");
        }
        int lengthAt = take(Short.BYTES);
        int bytes =
                Utf8.encode(text, buffer, offset, Math.min(end - offset, Payloads.TEXT_BYTES_MAX));
        if (bytes < 0) {
            throw Payloads.textTooLong(text.length());
        }
        take(bytes);
        buffer.putShort(lengthAt, (short) bytes, ByteOrder.LITTLE_ENDIAN);
    }

    void writeConstant(@Nullable Object constant) {
        if (constant == null) {
            throw Payloads.missing("an enum's constant");
        }
        buffer.putByte(take(1), (byte) ((Enum<?>) constant).ordinal());
    }

    /** A list whose elements a handle of type (PayloadWriter, Object)void writes. */
    void writeList(MethodHandle element, @Nullable List<?> list) throws Throwable {
        if (list == null) {
            throw Payloads.missing("a list");
        }
        int count = list.size();
        if (count > Payloads.LIST_ELEMENTS_MAX) {
            throw Payloads.listTooLong(count);
        }
        buffer.putShort(take(Short.BYTES), (short) count, ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            element.invokeExact(this, (Object) list.get(i));
        }
    }

    /** A record whose fields are written by handles of type (PayloadWriter, Record)void. */
    void writeRecord(MethodHandle[] fields, @Nullable Record value) throws Throwable {
        if (value == null) {
            throw Payloads.missing("a nested record");
        }
        for (MethodHandle field : fields) {
            field.invokeExact(this, value);
        }
    }

    private int take(int bytes) {
        if (bytes > end - offset) {
            throw new HorizonException(
                    "HZ-EVT-007",
                    "the event needs more than the "
                            + (end - start)
                            + " bytes that one may take; send less, or in several events");
        }
        int at = offset;
        offset += bytes;
        return at;
    }
}
