package dev.horizon.net.gateway;

import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Payloads of events as the JSON that clients write, for tools. Thread-safe. */
public final class EventJson {
    private EventJson() {}

    /**
     * The payload of one event.
     *
     * @throws HorizonException HZ-GW-020, HZ-GW-023 when the text isn't what the shape wants
     */
    public static byte[] encode(EventShape shape, String json) {
        try {
            return new JsonTranscoder().encode(shape, Envelope.JSON.readTree(json));
        } catch (RefusedException e) {
            throw new HorizonException(e.refusal().code(), e.refusal().reason(), e);
        } catch (JacksonException e) {
            throw new HorizonException(
                    Refusal.NOT_JSON, "'" + json + "' isn't JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A payload as text; one that doesn't fit the shape as its bytes in hex. */
    public static String decode(EventShape shape, byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        try {
            Map<String, Object> fields = fields(shape.fields(), in);
            if (!in.hasRemaining()) {
                return Envelope.JSON.writeValueAsString(fields);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            // Said as it is.
        }
        return "0x" + java.util.HexFormat.of().formatHex(payload);
    }

    private static Map<String, Object> fields(List<EventField> fields, ByteBuffer in) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (EventField field : fields) {
            if (field.list()) {
                List<Object> elements = new ArrayList<>();
                for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
                    elements.add(value(field, in));
                }
                values.put(field.name(), elements);
            } else {
                values.put(field.name(), value(field, in));
            }
        }
        return values;
    }

    private static Object value(EventField field, ByteBuffer in) {
        return switch (field.kind()) {
            case BOOLEAN -> in.get() != 0;
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case FLOAT -> in.getFloat();
            case DOUBLE -> in.getDouble();
            case TEXT -> {
                byte[] utf8 = new byte[Short.toUnsignedInt(in.getShort())];
                in.get(utf8);
                yield new String(utf8, StandardCharsets.UTF_8);
            }
            case ENUM -> field.constants().get(Byte.toUnsignedInt(in.get()));
            case ENTITY -> new EntityId(in.getLong()).toString();
            case RECORD -> fields(field.fields(), in);
        };
    }
}
