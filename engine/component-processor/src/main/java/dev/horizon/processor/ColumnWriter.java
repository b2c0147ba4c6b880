package dev.horizon.processor;

import dev.horizon.processor.FieldModel.Kind;
import java.util.List;
import java.util.TreeSet;

/** Writes the source of one column class. */
final class ColumnWriter {
    private final ComponentModel model;
    private final SourceLines out = new SourceLines();

    ColumnWriter(ComponentModel model) {
        this.model = model;
    }

    String write() {
        header();
        type();
        constants();
        arrays();
        constructor();
        out.line("@Override").line("public ComponentType<" + model.column() + "> type() {");
        out.line("return TYPE;").line("}").gap();
        accessors();
        key();
        new MovementWriter(model, out).write();
        new RecordWriter(model, out).write();
        new WireWriter(model, out).write();
        out.line("}");
        return out.toString();
    }

    private void header() {
        if (!model.packageName().isEmpty()) {
            out.line("package " + model.packageName() + ";").gap();
        }
        TreeSet<String> imports = new TreeSet<>();
        imports.add("java.nio.ByteOrder");
        imports.add("java.util.List");
        imports.add("java.util.Set");
        imports.add("javax.annotation.processing.Generated");
        imports.add("org.agrona.DirectBuffer");
        imports.add("org.agrona.MutableDirectBuffer");
        List<String> world =
                List.of("Column", "ComponentField", "ComponentType", "EntityIdMapping", "RowHash");
        world.forEach(name -> imports.add(Names.WORLD + "." + name));
        if (!model.tiers().isEmpty()) {
            imports.add("java.util.Collections");
            imports.add("java.util.EnumSet");
            imports.add(Names.WORLD + ".Tier");
        }
        if (model.fields().stream().anyMatch(f -> f.kind() == Kind.ENTITY)) {
            imports.add(Names.WORLD + ".EntityId");
        }
        if (model.fields().stream().anyMatch(FieldModel::isWide)) {
            imports.add(Names.WORLD + ".Cells");
        }
        if (model.fields().stream().anyMatch(f -> f.kind() == Kind.ENUM)) {
            imports.add("java.util.Objects");
        }
        for (String name : imports) {
            if (!name.substring(0, name.lastIndexOf('.')).equals(model.packageName())) {
                out.line("import " + name + ";");
            }
        }
        out.gap();
        out.line("/**");
        out.line(
                " * The {@link "
                        + model.record()
                        + "} of all rows of a table: one array per field, indexed by");
        out.line(
                " * row. Written by the component processor from the record, the one place to"
                        + " edit.");
        out.line(" */");
        out.line("@Generated(\"dev.horizon.processor.ComponentProcessor\")");
        String access = model.isPublic() ? "public " : "";
        out.line(
                access
                        + "final class "
                        + model.column()
                        + " extends Column<"
                        + model.record()
                        + "> {");
    }

    private void type() {
        out.line("/** What is known of the component. */");
        out.line("public static final ComponentType<" + model.column() + "> TYPE =");
        out.more("new ComponentType<>(");
        out.more("        \"" + model.wireName() + "\",");
        out.more("        " + model.record() + ".class,");
        out.more("        " + model.column() + ".class,");
        out.more("        " + model.column() + "::new,");
        out.more("        List.of(");
        int left = model.fields().size();
        for (FieldModel field : model.fields()) {
            out.more("                " + description(field) + (--left == 0 ? "" : ","));
        }
        out.more("        ),");
        out.more("        " + tiers() + (model.isCosmetic() ? ", true" : "") + ");");
        out.gap();
    }

    private static String description(FieldModel field) {
        StringBuilder constants = new StringBuilder("List.of(");
        for (String constant : field.constants()) {
            constants.append(constants.charAt(constants.length() - 1) == '(' ? "" : ", ");
            constants.append('"').append(constant).append('"');
        }
        return "new ComponentField(\""
                + field.name()
                + "\", ComponentField.Kind."
                + field.kind()
                + ", "
                + field.length()
                + ", "
                + field.quantum()
                + ", "
                + constants
                + ")"
                + (field.formerName().isEmpty() ? "" : ", \"" + field.formerName() + "\"")
                + ")";
    }

    private String tiers() {
        if (model.tiers().isEmpty()) {
            return "Set.of()";
        }
        List<String> names = model.tiers().stream().map(tier -> "Tier." + tier).toList();
        return "Collections.unmodifiableSet(EnumSet.of(" + String.join(", ", names) + "))";
    }

    private void constants() {
        for (FieldModel field : model.fields()) {
            if (field.isWide()) {
                String what = field.kind() == Kind.TEXT ? "Most bytes of UTF-8" : "Elements";
                out.line("/** " + what + " per row of {@link #" + field.name() + "}. */");
                out.line(
                        "public static final int "
                                + field.lengthConstant()
                                + " = "
                                + field.length()
                                + ";");
                out.gap();
            }
            if (field.kind() == Kind.ENUM) {
                out.line(
                        "private static final "
                                + field.typeName()
                                + "[] "
                                + field.valuesConstant()
                                + " = "
                                + field.typeName()
                                + ".values();");
                out.gap();
            }
        }
    }

    private void arrays() {
        for (FieldModel field : model.fields()) {
            out.line("/** " + meaning(field) + " */");
            out.line("public final " + field.kind().storage + "[] " + field.name() + ";").gap();
        }
    }

    private static String meaning(FieldModel field) {
        String what =
                switch (field.kind()) {
                    case ENUM -> "Ordinals of " + field.typeName();
                    case ENTITY -> "Entity ids, 0 for none";
                    case TEXT -> "Cells of 1 + " + field.lengthConstant() + " bytes: length, text";
                    default -> "Values of the field";
                };
        return field.isArray()
                ? what
                        + ": element {@code i} is at {@code row * "
                        + field.lengthConstant()
                        + " + i}."
                : what + ", by row.";
    }

    private void constructor() {
        out.line("/** A column with room for the given number of rows, all zero. */");
        out.line("public " + model.column() + "(int capacity) {");
        out.line("super(capacity);");
        for (FieldModel field : model.fields()) {
            String size =
                    switch (field.kind()) {
                        case TEXT -> "capacity * (1 + " + field.lengthConstant() + ")";
                        default ->
                                field.isArray()
                                        ? "capacity * " + field.lengthConstant()
                                        : "capacity";
                    };
            out.line("this." + field.name() + " = new " + field.kind().storage + "[" + size + "];");
        }
        out.line("}").gap();
    }

    private void accessors() {
        for (FieldModel field : model.fields()) {
            if (field.isArray()) {
                continue;
            }
            if (field.kind() == Kind.ENUM) {
                out.line("/** The row's constant. */");
                out.line("public " + field.typeName() + " " + field.name() + "(int row) {");
                out.line("return " + field.valuesConstant() + "[this." + field.name() + "[row]];");
                out.line("}").gap();
                out.line("/** Sets the row's constant; doesn't mark the row. */");
                setter(field, field.typeName());
                out.line("this." + field.name() + "[row] = (byte) value.ordinal();");
                out.line("}").gap();
            } else if (field.kind() == Kind.TEXT) {
                String cell = "this." + field.name() + ", row, " + field.lengthConstant();
                out.line("/** The row's text; allocates. */");
                out.line("public String " + field.name() + "(int row) {");
                out.line("return Cells.text(" + cell + ");");
                out.line("}").gap();
                out.line(
                        "/** Sets the row's text; refuses what is too long, doesn't mark the row."
                                + " */");
                setter(field, "String");
                out.line("byte[] utf8 = " + encoded(model, field, "value") + ";");
                out.line("Cells.setText(" + cell + ", utf8);");
                out.line("}").gap();
            }
        }
    }

    private void key() {
        for (FieldModel field : model.fields()) {
            if (field.isKey()) {
                out.line("@Override").line("public long[] keys() {");
                out.line("return this." + field.name() + ";").line("}").gap();
            }
        }
    }

    private void setter(FieldModel field, String type) {
        out.line("public void " + field.setter() + "(int row, " + type + " value) {");
    }

    /** The expression that checks a text and encodes it. */
    static String encoded(ComponentModel model, FieldModel field, String value) {
        return "Cells.encode("
                + value
                + ", "
                + field.lengthConstant()
                + ", \""
                + model.record()
                + "."
                + field.name()
                + "\")";
    }
}
