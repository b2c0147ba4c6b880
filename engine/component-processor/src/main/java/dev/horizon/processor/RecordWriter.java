package dev.horizon.processor;

import dev.horizon.processor.FieldModel.Kind;
import java.util.ArrayList;
import java.util.List;

/** Writes the methods that turn a row into a record and back. */
final class RecordWriter {
    private final ComponentModel model;
    private final SourceLines out;

    RecordWriter(ComponentModel model, SourceLines out) {
        this.model = model;
        this.out = out;
    }

    void write() {
        out.line("@Override").line("public " + model.record() + " row(int row) {");
        for (FieldModel field : model.fields()) {
            if (field.isArray()) {
                readArray(field);
            }
        }
        List<String> values = new ArrayList<>();
        model.fields().forEach(field -> values.add(value(field)));
        if (values.isEmpty()) {
            out.line("return new " + model.record() + "();");
        } else {
            out.line("return new " + model.record() + "(");
            int left = values.size();
            for (String value : values) {
                out.more(value + (--left == 0 ? ");" : ","));
            }
        }
        out.line("}").gap();

        out.line("@Override");
        out.line("public void setRow(int row, " + model.record() + " value) {");
        // Everything is checked before anything is written, so that a refusal changes nothing.
        model.fields().forEach(this::check);
        model.fields().forEach(this::set);
        out.line("markRow(row);").line("}").gap();
    }

    private void readArray(FieldModel field) {
        String local = field.name() + "Values";
        String type = field.typeName();
        out.line(type + "[] " + local + " = new " + type + "[" + field.lengthConstant() + "];");
        out.line("for (int i = 0; i < " + field.lengthConstant() + "; i++) {");
        out.line(
                local
                        + "[i] = "
                        + element(field, "row * " + field.lengthConstant() + " + i")
                        + ";");
        out.line("}");
    }

    private String value(FieldModel field) {
        if (field.isArray()) {
            return field.name() + "Values";
        }
        if (field.kind() == Kind.TEXT) {
            return "Cells.text(this." + field.name() + ", row, " + field.lengthConstant() + ")";
        }
        return element(field, "row");
    }

    private static String element(FieldModel field, String index) {
        String raw = "this." + field.name() + "[" + index + "]";
        return switch (field.kind()) {
            case ENUM -> field.valuesConstant() + "[" + raw + "]";
            case ENTITY -> "new EntityId(" + raw + ")";
            default -> raw;
        };
    }

    private void check(FieldModel field) {
        String path = "\"" + model.record() + "." + field.name() + "\"";
        String given = "value." + field.name() + "()";
        if (field.kind() == Kind.TEXT) {
            out.line(
                    "byte[] "
                            + field.name()
                            + "Utf8 = "
                            + ColumnWriter.encoded(model, field, given)
                            + ";");
        } else if (field.isArray()) {
            out.line(
                    "Cells.requireLength("
                            + given
                            + ".length, "
                            + field.lengthConstant()
                            + ", "
                            + path
                            + ");");
        } else if (field.kind() == Kind.ENUM) {
            out.line("Objects.requireNonNull(" + given + ", " + path + ");");
        }
    }

    private void set(FieldModel field) {
        String given = "value." + field.name() + "()";
        if (field.kind() == Kind.TEXT) {
            out.line(
                    "Cells.setText(this."
                            + field.name()
                            + ", row, "
                            + field.lengthConstant()
                            + ", "
                            + field.name()
                            + "Utf8);");
        } else if (field.isArray()) {
            out.line("for (int i = 0; i < " + field.lengthConstant() + "; i++) {");
            String target = "this." + field.name() + "[row * " + field.lengthConstant() + " + i]";
            out.line(target + " = " + stored(field, given + "[i]") + ";");
            out.line("}");
        } else {
            out.line("this." + field.name() + "[row] = " + stored(field, given) + ";");
        }
    }

    private static String stored(FieldModel field, String value) {
        return switch (field.kind()) {
            case ENUM -> "(byte) " + value + ".ordinal()";
            case ENTITY -> value + ".value()";
            default -> value;
        };
    }
}
