package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.world.EntityId;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import tools.jackson.databind.JsonNode;

/**
 * Turns an envelope's data into the payload that its shape describes, or refuses it and says which
 * field is wrong. Strict: every field must be there and no other. One instance for each, or each
 * thread: what it writes to is longer than most that it reads.
 */
final class JsonTranscoder {
    private static final int TEXT_BYTES_MAX = 1024;
    private static final int LIST_ELEMENTS_MAX = 0xFFFF;

    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(256);
    private int length;

    /** The payload of one event. */
    byte[] encode(EventShape shape, JsonNode data) throws RefusedException {
        length = 0;
        encodeFields(shape.namespace() + '.' + shape.event(), shape.fields(), data);
        byte[] payload = new byte[length];
        out.getBytes(0, payload);
        return payload;
    }

    private void encodeFields(String path, List<EventField> fields, JsonNode data)
            throws RefusedException {
        for (EventField field : fields) {
            JsonNode value = data.get(field.name());
            String fieldPath = path + '.' + field.name();
            if (value == null) {
                throw wrong(fieldPath, expected(field), "is missing");
            }
            if (field.list()) {
                encodeList(fieldPath, field, value);
            } else {
                encodeValue(fieldPath, field, value);
            }
        }
        if (data.size() > fields.size()) {
            for (String name : data.propertyNames()) {
                if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                    throw new RefusedException(
                            Refusal.WRONG_SHAPE,
                            path
                                    + '.'
                                    + Envelope.brief(name)
                                    + " isn't a field; expected "
                                    + fields.stream().map(EventField::name).toList());
                }
            }
        }
    }

    private void encodeList(String path, EventField field, JsonNode value) throws RefusedException {
        if (!value.isArray() || value.size() > LIST_ELEMENTS_MAX) {
            throw wrong(path, "a list, each " + expected(field), got(value));
        }
        putShort(value.size());
        int index = 0;
        for (JsonNode element : value) {
            encodeValue(path + '[' + index++ + ']', field, element);
        }
    }

    private void encodeValue(String path, EventField field, JsonNode value)
            throws RefusedException {
        switch (field.kind()) {
            case BOOLEAN -> {
                check(value.isBoolean(), path, field, value);
                putByte(value.booleanValue() ? 1 : 0);
            }
            case INT -> {
                check(value.isIntegralNumber() && value.canConvertToInt(), path, field, value);
                putInt(value.intValue());
            }
            case LONG -> putLong(wholeNumber(path, field, value));
            case FLOAT -> {
                check(value.isNumber(), path, field, value);
                float number = (float) value.doubleValue();
                check(Float.isFinite(number), path, field, value);
                putInt(Float.floatToRawIntBits(number));
            }
            case DOUBLE -> {
                check(value.isNumber(), path, field, value);
                double number = value.doubleValue();
                check(Double.isFinite(number), path, field, value);
                putLong(Double.doubleToRawLongBits(number));
            }
            case TEXT -> {
                check(value.isString(), path, field, value);
                byte[] utf8 = value.stringValue().getBytes(StandardCharsets.UTF_8);
                check(utf8.length <= TEXT_BYTES_MAX, path, field, value);
                putShort(utf8.length);
                out.putBytes(length, utf8);
                length += utf8.length;
            }
            case ENUM -> {
                int ordinal =
                        value.isString() ? field.constants().indexOf(value.stringValue()) : -1;
                check(ordinal >= 0, path, field, value);
                putByte(ordinal);
            }
            case ENTITY -> putLong(entity(path, field, value));
            case RECORD -> {
                check(value.isObject(), path, field, value);
                encodeFields(path, field.fields(), value);
            }
        }
    }

    private static long wholeNumber(String path, EventField field, JsonNode value)
            throws RefusedException {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isString()) {
            try {
                return Long.parseLong(value.stringValue());
            } catch (NumberFormatException e) {
                throw wrong(path, expected(field), got(value));
            }
        }
        throw wrong(path, expected(field), got(value));
    }

    private static long entity(String path, EventField field, JsonNode value)
            throws RefusedException {
        if (!value.isString()) {
            throw wrong(path, expected(field), got(value));
        }
        try {
            return EntityId.parse(value.stringValue()).value();
        } catch (IllegalArgumentException e) {
            throw wrong(path, expected(field), got(value));
        }
    }

    private static void check(boolean holds, String path, EventField field, JsonNode value)
            throws RefusedException {
        if (!holds) {
            throw wrong(path, expected(field), got(value));
        }
    }

    private static RefusedException wrong(String path, String expected, String got) {
        return new RefusedException(
                Refusal.WRONG_SHAPE, path + " " + got + "; expected " + expected);
    }

    private static String got(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "is the text '" + Envelope.brief(value.stringValue()) + "'";
            case NUMBER, BOOLEAN -> "is " + Envelope.brief(value.toString());
            case ARRAY -> "is a list";
            case OBJECT -> "is an object";
            default -> "is null";
        };
    }

    private static String expected(EventField field) {
        return switch (field.kind()) {
            case BOOLEAN -> "true or false";
            case INT -> "a whole number of 32 bits";
            case LONG -> "a whole number of 64 bits, or its decimal text";
            case FLOAT, DOUBLE -> "a finite number";
            case TEXT -> "a text of at most " + TEXT_BYTES_MAX + " bytes";
            case ENUM -> "one of " + field.constants();
            case ENTITY -> "an entity as text, such as '1:42'";
            case RECORD ->
                    "an object with " + field.fields().stream().map(EventField::name).toList();
        };
    }

    private void putByte(int value) {
        out.putByte(length, (byte) value);
        length += Byte.BYTES;
    }

    private void putShort(int value) {
        out.putShort(length, (short) value, ByteOrder.LITTLE_ENDIAN);
        length += Short.BYTES;
    }

    private void putInt(int value) {
        out.putInt(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Integer.BYTES;
    }

    private void putLong(long value) {
        out.putLong(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Long.BYTES;
    }
}
