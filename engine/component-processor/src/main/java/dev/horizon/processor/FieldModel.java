package dev.horizon.processor;

import java.util.List;
import java.util.Locale;

/**
 * One field of a component.
 *
 * @param name as declared
 * @param kind storage of one element
 * @param isArray true for a fixed-length array
 * @param length elements per row; the most bytes of a text
 * @param quantum step when replicated, 0 for exact
 * @param typeName type of one element as generated code names it
 * @param constants of an enum by ordinal, else empty
 * @param formerName that rows stored before a rename have, else empty
 * @param isKey true for the one that entities are looked up by
 */
record FieldModel(
        String name,
        Kind kind,
        boolean isArray,
        int length,
        double quantum,
        String typeName,
        List<String> constants,
        String formerName,
        boolean isKey) {
    /**
     * Storage of one element: its array, its bytes on the wire, and the buffer's methods for it.
     */
    enum Kind {
        BOOLEAN("boolean", 1, "Byte"),
        BYTE("byte", 1, "Byte"),
        SHORT("short", 2, "Short"),
        CHAR("char", 2, "Char"),
        INT("int", 4, "Int"),
        LONG("long", 8, "Long"),
        FLOAT("float", 4, "Float"),
        DOUBLE("double", 8, "Double"),
        ENUM("byte", 1, "Byte"),
        ENTITY("long", 8, "Long"),
        TEXT("byte", 1, "Byte");

        final String storage;
        final int bytes;
        final String accessor;

        Kind(String storage, int bytes, String accessor) {
            this.storage = storage;
            this.bytes = bytes;
            this.accessor = accessor;
        }
    }

    /** Elements of the field's storage per row. */
    int stride() {
        return kind == Kind.TEXT ? length + 1 : length;
    }

    /** True where a row takes more than one element. */
    boolean isWide() {
        return isArray || kind == Kind.TEXT;
    }

    /** Bytes of one row on the wire. */
    int bytes() {
        return kind == Kind.TEXT ? length + 1 : kind.bytes * length;
    }

    /** The name in the form of a constant: {@code reloadTicks} becomes {@code RELOAD_TICKS}. */
    String constant() {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** The constant that says how many elements a row has. */
    String lengthConstant() {
        return constant() + (kind == Kind.TEXT ? "_MAX_LENGTH" : "_LENGTH");
    }

    /** The constant that holds an enum's values by ordinal. */
    String valuesConstant() {
        return constant() + "_VALUES";
    }

    /** The setter's name. */
    String setter() {
        return "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
