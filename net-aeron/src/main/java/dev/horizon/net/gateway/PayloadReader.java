package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.world.EntityId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a payload by its shape: to check what a binary client sent, and to make JSON of what a node
 * sends. Not thread-safe.
 */
final class PayloadReader {
    /** The greatest whole number up to which a double, and so JavaScript, tells all apart. */
    private static final long EXACT_MAX = 1L << 53;

    private static final int TEXT_BYTES_MAX = 1024;

    private ByteBuffer in = ByteBuffer.allocate(0);

    /**
     * The data of one event. Throws WRONG_SHAPE when the bytes aren't exactly what the shape says.
     */
    ObjectNode read(EventShape shape, DirectBuffer buffer, int offset, int length)
            throws RefusedException {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        String path = shape.namespace() + '.' + shape.event();
        ObjectNode data = Envelope.JSON.createObjectNode();
        readFields(path, shape.fields(), data);
        if (in.hasRemaining()) {
            throw wrong(path, in.remaining() + " bytes too many");
        }
        return data;
    }

    private void readFields(String path, List<EventField> fields, ObjectNode into)
            throws RefusedException {
        for (EventField field : fields) {
            String fieldPath = path + '.' + field.name();
            if (field.list()) {
                need(fieldPath, Short.BYTES);
                int count = Short.toUnsignedInt(in.getShort());
                ArrayNode list = into.putArray(field.name());
                for (int i = 0; i < count; i++) {
                    ObjectNode holder = Envelope.JSON.createObjectNode();
                    readValue(fieldPath, field, holder);
                    list.add(holder.get(field.name()));
                }
            } else {
                readValue(fieldPath, field, into);
            }
        }
    }

    private void readValue(String path, EventField field, ObjectNode into) throws RefusedException {
        String name = field.name();
        switch (field.kind()) {
            case BOOLEAN -> {
                need(path, 1);
                int value = in.get();
                if (value != 0 && value != 1) {
                    throw wrong(path, "is neither 0 nor 1");
                }
                into.put(name, value == 1);
            }
            case INT -> {
                need(path, Integer.BYTES);
                into.put(name, in.getInt());
            }
            case LONG -> {
                need(path, Long.BYTES);
                long value = in.getLong();
                if (Math.abs(value) <= EXACT_MAX && value != Long.MIN_VALUE) {
                    into.put(name, value);
                } else {
                    into.put(name, Long.toString(value));
                }
            }
            case FLOAT -> {
                need(path, Float.BYTES);
                float value = in.getFloat();
                if (!Float.isFinite(value)) {
                    throw wrong(path, "isn't finite");
                }
                into.put(name, value);
            }
            case DOUBLE -> {
                need(path, Double.BYTES);
                double value = in.getDouble();
                if (!Double.isFinite(value)) {
                    throw wrong(path, "isn't finite");
                }
                into.put(name, value);
            }
            case TEXT -> into.put(name, text(path));
            case ENUM -> {
                need(path, 1);
                int ordinal = in.get();
                if (ordinal < 0 || ordinal >= field.constants().size()) {
                    throw wrong(path, "is none of " + field.constants());
                }
                into.put(name, field.constants().get(ordinal));
            }
            case ENTITY -> {
                need(path, Long.BYTES);
                into.put(name, new EntityId(in.getLong()).toString());
            }
            case RECORD -> readFields(path, field.fields(), into.putObject(name));
        }
    }

    private String text(String path) throws RefusedException {
        need(path, Short.BYTES);
        int length = Short.toUnsignedInt(in.getShort());
        if (length > TEXT_BYTES_MAX) {
            throw wrong(path, "is longer than " + TEXT_BYTES_MAX + " bytes");
        }
        need(path, length);
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
        } catch (CharacterCodingException e) {
            throw wrong(path, "isn't UTF-8");
        }
    }

    private void need(String path, int bytes) throws RefusedException {
        if (in.remaining() < bytes) {
            throw wrong(path, "ends beyond the payload");
        }
    }

    private static RefusedException wrong(String path, String why) {
        return new RefusedException(Refusal.WRONG_SHAPE, path + " " + why);
    }
}
