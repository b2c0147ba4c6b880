package dev.horizon.engine.channels;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.horizon.engine.world.ComponentField;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a receiver must know of a component to read its rows: no more than names and fields, so that
 * it needs no plugin code.
 *
 * @param name of the component
 * @param wireId that stands for it in frames
 * @param fields in order
 */
public record ReplicatedShape(String name, int wireId, List<ComponentField> fields) {
    /** Copies the list. */
    public ReplicatedShape {
        fields = List.copyOf(fields);
    }

    /** The shape of a component whose class is at hand. */
    public static ReplicatedShape of(ComponentType<?> type) {
        return new ReplicatedShape(type.name(), type.wireId(), type.fields());
    }

    /** Bytes of one row. */
    public int rowBytes() {
        int bytes = 0;
        for (ComponentField field : fields) {
            bytes += field.bytes();
        }
        return bytes;
    }

    /**
     * A row's fields by name, in order: numbers, {@link Boolean}, {@link EntityId}, {@link String}
     * (texts and names of enum constants), or a list of these for arrays. A value that no constant
     * or text stands for is given as its number.
     */
    public Map<String, Object> decode(byte[] row) {
        UnsafeBuffer buffer = new UnsafeBuffer(row);
        Map<String, Object> values = new LinkedHashMap<>();
        int at = 0;
        for (ComponentField field : fields) {
            if (field.kind() == ComponentField.Kind.TEXT) {
                int length = Math.min(row[at] & 0xFF, field.length());
                values.put(field.name(), new String(row, at + 1, length, StandardCharsets.UTF_8));
            } else if (field.length() == 1) {
                values.put(field.name(), value(field, buffer, at));
            } else {
                List<Object> elements = new ArrayList<>(field.length());
                for (int i = 0; i < field.length(); i++) {
                    elements.add(value(field, buffer, at + i * field.kind().bytes()));
                }
                values.put(field.name(), elements);
            }
            at += field.bytes();
        }
        return values;
    }

    private static Object value(ComponentField field, UnsafeBuffer buffer, int at) {
        return switch (field.kind()) {
            case BOOLEAN -> buffer.getByte(at) != 0;
            case BYTE, TEXT -> buffer.getByte(at);
            case SHORT -> buffer.getShort(at, LITTLE_ENDIAN);
            case CHAR -> buffer.getChar(at, LITTLE_ENDIAN);
            case INT -> buffer.getInt(at, LITTLE_ENDIAN);
            case LONG -> buffer.getLong(at, LITTLE_ENDIAN);
            case FLOAT -> buffer.getFloat(at, LITTLE_ENDIAN);
            case DOUBLE -> buffer.getDouble(at, LITTLE_ENDIAN);
            case ENTITY -> new EntityId(buffer.getLong(at, LITTLE_ENDIAN));
            case ENUM -> constant(field, buffer.getByte(at));
        };
    }

    private static Object constant(ComponentField field, int ordinal) {
        return ordinal >= 0 && ordinal < field.constants().size()
                ? field.constants().get(ordinal)
                : (Object) ordinal;
    }
}
