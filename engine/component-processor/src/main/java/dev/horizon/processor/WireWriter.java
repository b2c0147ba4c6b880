package dev.horizon.processor;

import dev.horizon.processor.FieldModel.Kind;

/** Writes the methods that put rows into buffers, and the replacement of entity ids. */
final class WireWriter {
    private final ComponentModel model;
    private final SourceLines out;

    WireWriter(ComponentModel model, SourceLines out) {
        this.model = model;
        this.out = out;
    }

    void write() {
        out.line("@Override");
        out.line("public void writeRow(int row, MutableDirectBuffer out, int offset) {");
        int at = 0;
        for (FieldModel field : model.fields()) {
            writeField(field, at);
            at += field.bytes();
        }
        out.line("}").gap();

        out.line("@Override");
        out.line("public void readRow(int row, DirectBuffer in, int offset) {");
        at = 0;
        for (FieldModel field : model.fields()) {
            readField(field, at);
            at += field.bytes();
        }
        out.line("markRow(row);").line("}").gap();

        out.line("@Override");
        out.line("public void remapIds(int row, EntityIdMapping mapping) {");
        boolean none = true;
        for (FieldModel field : model.fields()) {
            if (field.kind() == Kind.ENTITY) {
                none = false;
                remap(field);
            }
        }
        if (none) {
            out.line("// No field holds an entity id.");
        }
        out.line("}");
    }

    private void writeField(FieldModel field, int at) {
        if (field.kind() == Kind.TEXT) {
            out.line("out.putBytes(" + offset(at) + ", this." + cell(field) + ");");
        } else if (field.isArray()) {
            loop(field);
            out.line(put(field, element(at, field), index(field)));
            out.line("}");
        } else {
            out.line(put(field, offset(at), "row"));
        }
    }

    private void readField(FieldModel field, int at) {
        if (field.kind() == Kind.TEXT) {
            out.line("in.getBytes(" + offset(at) + ", this." + cell(field) + ");");
        } else if (field.isArray()) {
            loop(field);
            out.line(get(field, element(at, field), index(field)));
            out.line("}");
        } else {
            out.line(get(field, offset(at), "row"));
        }
    }

    private void remap(FieldModel field) {
        String name = "this." + field.name();
        if (field.isArray()) {
            loop(field);
            String cell = name + "[" + index(field) + "]";
            out.line(cell + " = mapping.map(" + cell + ");");
            out.line("}");
        } else {
            out.line(name + "[row] = mapping.map(" + name + "[row]);");
        }
    }

    private void loop(FieldModel field) {
        out.line("for (int i = 0; i < " + field.lengthConstant() + "; i++) {");
    }

    private static String cell(FieldModel field) {
        String stride = "1 + " + field.lengthConstant();
        return field.name() + ", row * (" + stride + "), " + stride;
    }

    private static String index(FieldModel field) {
        return "row * " + field.lengthConstant() + " + i";
    }

    private static String offset(int at) {
        return at == 0 ? "offset" : "offset + " + at;
    }

    private static String element(int at, FieldModel field) {
        int bytes = field.kind().bytes;
        return offset(at) + (bytes == 1 ? " + i" : " + i * " + bytes);
    }

    private static String put(FieldModel field, String at, String index) {
        String value = "this." + field.name() + "[" + index + "]";
        String stored = field.kind() == Kind.BOOLEAN ? "(byte) (" + value + " ? 1 : 0)" : value;
        return "out.put" + field.kind().accessor + "(" + at + ", " + stored + order(field) + ");";
    }

    private static String get(FieldModel field, String at, String index) {
        String read = "in.get" + field.kind().accessor + "(" + at + order(field) + ")";
        return "this."
                + field.name()
                + "["
                + index
                + "] = "
                + read
                + (field.kind() == Kind.BOOLEAN ? " != 0;" : ";");
    }

    private static String order(FieldModel field) {
        return field.kind().bytes == 1 ? "" : ", ByteOrder.LITTLE_ENDIAN";
    }
}
