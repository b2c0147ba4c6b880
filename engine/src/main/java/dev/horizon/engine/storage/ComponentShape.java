package dev.horizon.engine.storage;

import dev.horizon.engine.world.ComponentField;
import dev.horizon.engine.world.ComponentType;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * A component as stored bytes describe it, so that they can be read by a build in which it looks
 * different.
 *
 * @param name on the wire
 * @param fields in the order of the stored rows
 */
record ComponentShape(String name, List<ComponentField> fields) {
    private static final int FIELDS_MAX = 1024;
    private static final int CONSTANTS_MAX = 127;

    static ComponentShape of(ComponentType<?> type) {
        return new ComponentShape(type.name(), type.fields());
    }

    int rowBytes() {
        int bytes = 0;
        for (ComponentField field : fields) {
            bytes += field.bytes();
        }
        return bytes;
    }

    /** Writes the description; returns where it ends. */
    int write(MutableDirectBuffer out, int offset) {
        int at = putText(name, out, offset);
        out.putShort(at, (short) fields.size(), ByteOrder.LITTLE_ENDIAN);
        at += Short.BYTES;
        for (ComponentField field : fields) {
            at = putText(field.name(), out, at);
            out.putByte(at++, (byte) field.kind().ordinal());
            out.putByte(at++, (byte) field.length());
            out.putByte(at++, (byte) field.constants().size());
            for (String constant : field.constants()) {
                at = putText(constant, out, at);
            }
        }
        return at;
    }

    static ComponentShape read(ByteReader in) {
        String name = in.text();
        int count = in.count(in.unsignedShort(), FIELDS_MAX, "fields");
        List<ComponentField> fields = new ArrayList<>();
        ComponentField.Kind[] kinds = ComponentField.Kind.values();
        for (int i = 0; i < count; i++) {
            String field = in.text();
            int kind = in.count(in.unsignedByte(), kinds.length - 1, "kind");
            int length = in.unsignedByte();
            int constantCount = in.count(in.unsignedByte(), CONSTANTS_MAX, "constants");
            List<String> constants = new ArrayList<>();
            for (int c = 0; c < constantCount; c++) {
                constants.add(in.text());
            }
            fields.add(new ComponentField(field, kinds[kind], length, 0, constants));
        }
        return new ComponentShape(name, List.copyOf(fields));
    }

    private static int putText(String text, MutableDirectBuffer out, int offset) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putShort(offset, (short) utf8.length, ByteOrder.LITTLE_ENDIAN);
        out.putBytes(offset + Short.BYTES, utf8);
        return offset + Short.BYTES + utf8.length;
    }
}
