package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventField;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Brings a payload into the form of a record whose fields became others: those of the same name and
 * form keep their bytes, others are zero, empty or the first constant.
 */
public final class PayloadForm {
    private PayloadForm() {}

    /**
     * Converts the payload at the buffer's beginning in place.
     *
     * @return its bytes now
     */
    public static int convert(
            List<EventField> before, List<EventField> after, MutableDirectBuffer buffer) {
        ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        int at = 0;
        for (EventField field : after) {
            int from = 0;
            int length = -1;
            for (EventField old : before) {
                int bytes = length(old, buffer, from);
                if (old.equals(field)) {
                    length = bytes;
                    break;
                }
                from += bytes;
            }
            if (length < 0) {
                at += putZero(field, out, at);
            } else {
                out.putBytes(at, buffer, from, length);
                at += length;
            }
        }
        buffer.putBytes(0, out, 0, at);
        return at;
    }

    private static int length(EventField field, MutableDirectBuffer buffer, int at) {
        if (!field.list()) {
            return one(field, buffer, at);
        }
        int count = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        int bytes = Short.BYTES;
        for (int i = 0; i < count; i++) {
            bytes += one(field, buffer, at + bytes);
        }
        return bytes;
    }

    private static int one(EventField field, MutableDirectBuffer buffer, int at) {
        return switch (field.kind()) {
            case BOOLEAN, ENUM -> 1;
            case INT, FLOAT -> Integer.BYTES;
            case LONG, DOUBLE, ENTITY -> Long.BYTES;
            case TEXT -> Short.BYTES + (buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
            case RECORD -> {
                int bytes = 0;
                for (EventField nested : field.fields()) {
                    bytes += length(nested, buffer, at + bytes);
                }
                yield bytes;
            }
        };
    }

    private static int putZero(EventField field, ExpandableArrayBuffer out, int at) {
        int bytes = zeros(field);
        for (int i = 0; i < bytes; i++) {
            out.putByte(at + i, (byte) 0);
        }
        return bytes;
    }

    private static int zeros(EventField field) {
        if (field.list()) {
            return Short.BYTES;
        }
        return switch (field.kind()) {
            case BOOLEAN, ENUM -> 1;
            case INT, FLOAT -> Integer.BYTES;
            case LONG, DOUBLE, ENTITY -> Long.BYTES;
            case TEXT -> Short.BYTES;
            case RECORD -> field.fields().stream().mapToInt(PayloadForm::zeros).sum();
        };
    }
}
