package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventShape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Says of most payloads that are right that they are, without making anything of them: inputs come
 * by the thousand. What it isn't sure of {@link PayloadReader} decides, and says why.
 */
final class PayloadCheck {
    private static final int UNSURE = -1;
    private static final int TEXT_BYTES_MAX = 1_024;
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PayloadCheck() {}

    /** True for a payload that is exactly what its shape says; false where that isn't sure. */
    static boolean holds(EventShape shape, byte[] payload) {
        return fields(shape.fields(), payload, 0) == payload.length;
    }

    /** Where the fields end that begin there. */
    private static int fields(List<EventField> fields, byte[] in, int from) {
        int at = from;
        for (int i = 0; i < fields.size() && at != UNSURE; i++) {
            EventField field = fields.get(i);
            int count = 1;
            if (field.list()) {
                if (at + Short.BYTES > in.length) {
                    return UNSURE;
                }
                count = Short.toUnsignedInt((short) SHORTS.get(in, at));
                at += Short.BYTES;
            }
            for (int each = 0; each < count && at != UNSURE; each++) {
                at = value(field, in, at);
            }
        }
        return at;
    }

    private static int value(EventField field, byte[] in, int at) {
        int left = in.length - at;
        return switch (field.kind()) {
            case BOOLEAN -> left >= 1 && (in[at] & ~1) == 0 ? at + 1 : UNSURE;
            case INT -> left >= Integer.BYTES ? at + Integer.BYTES : UNSURE;
            case LONG, ENTITY -> left >= Long.BYTES ? at + Long.BYTES : UNSURE;
            case FLOAT ->
                    left >= Float.BYTES
                                    && Float.isFinite(Float.intBitsToFloat((int) INTS.get(in, at)))
                            ? at + Float.BYTES
                            : UNSURE;
            case DOUBLE ->
                    left >= Double.BYTES
                                    && Double.isFinite(
                                            Double.longBitsToDouble((long) LONGS.get(in, at)))
                            ? at + Double.BYTES
                            : UNSURE;
            case ENUM ->
                    left >= 1 && in[at] >= 0 && in[at] < field.constants().size() ? at + 1 : UNSURE;
            case TEXT -> text(in, at);
            case RECORD -> fields(field.fields(), in, at);
        };
    }

    /** Short texts of plain letters. */
    private static int text(byte[] in, int at) {
        if (at + Short.BYTES > in.length) {
            return UNSURE;
        }
        int length = Short.toUnsignedInt((short) SHORTS.get(in, at));
        int end = at + Short.BYTES + length;
        if (length > TEXT_BYTES_MAX || end > in.length) {
            return UNSURE;
        }
        for (int i = at + Short.BYTES; i < end; i++) {
            if (in[i] < 0) {
                return UNSURE;
            }
        }
        return end;
    }
}
