package dev.horizon.processor;

import dev.horizon.processor.FieldModel.Kind;

/** Writes the methods that move, copy, clear and hash rows. */
final class MovementWriter {
    private final ComponentModel model;
    private final SourceLines out;

    MovementWriter(ComponentModel model, SourceLines out) {
        this.model = model;
        this.out = out;
    }

    void write() {
        String column = model.column();
        out.line("@Override");
        out.line("public " + column + " withCapacity(int newCapacity, int rows) {");
        out.line(column + " copy = new " + column + "(newCapacity);");
        out.line("copy.copyRows(this, 0, rows);").line("return copy;").line("}").gap();

        out.line("@Override");
        out.line("public void copyRows(Column<?> source, int from, int to) {");
        out.line(column + " other = (" + column + ") source;");
        for (FieldModel field : model.fields()) {
            String name = field.name();
            String first = times("from", field);
            out.line("System.arraycopy(");
            out.more("other." + name + ", " + first + ", this." + name + ", " + first + ",");
            out.more(times("(to - from)", field) + ");");
        }
        out.line("copyMarks(other, from, to);").line("}").gap();

        out.line("@Override").line("public void moveRow(int from, int to) {");
        copy("this");
        out.line("moveMarks(this, from, to);").line("}").gap();

        out.line("@Override").line("public void copyRow(Column<?> source, int from, int to) {");
        out.line(column + " other = (" + column + ") source;");
        copy("other");
        out.line("moveMarks(other, from, to);").line("}").gap();

        out.line("@Override").line("public void clearRow(int row) {");
        model.fields().forEach(this::clear);
        out.line("}").gap();

        out.line("@Override").line("public long hash(int from, int to) {");
        out.line("long hash = RowHash.START;");
        for (FieldModel field : model.fields()) {
            out.line(
                    "hash = RowHash.add(hash, this."
                            + field.name()
                            + ", "
                            + times("from", field)
                            + ", "
                            + times("to", field)
                            + ");");
        }
        out.line("return hash;").line("}").gap();
    }

    private void copy(String source) {
        for (FieldModel field : model.fields()) {
            String name = field.name();
            if (field.isWide()) {
                out.line("System.arraycopy(");
                out.more(source + "." + name + ", " + times("from", field) + ",");
                out.more("this." + name + ", " + times("to", field) + ", " + stride(field) + ");");
            } else {
                out.line("this." + name + "[to] = " + source + "." + name + "[from];");
            }
        }
    }

    private void clear(FieldModel field) {
        if (field.isWide()) {
            String end = "(row + 1) * " + bracketed(field);
            out.line("for (int i = " + times("row", field) + "; i < " + end + "; i++) {");
            out.line("this." + field.name() + "[i] = " + zero(field) + ";");
            out.line("}");
        } else {
            out.line("this." + field.name() + "[row] = " + zero(field) + ";");
        }
    }

    private static String zero(FieldModel field) {
        return field.kind() == Kind.BOOLEAN ? "false" : "0";
    }

    private static String stride(FieldModel field) {
        return (field.kind() == Kind.TEXT ? "1 + " : "") + field.lengthConstant();
    }

    private static String bracketed(FieldModel field) {
        return field.kind() == Kind.TEXT ? "(" + stride(field) + ")" : stride(field);
    }

    static String times(String rows, FieldModel field) {
        return field.isWide() ? rows + " * " + bracketed(field) : rows;
    }
}
