package dev.horizon.engine.world;

import java.util.List;

/**
 * One field of a component.
 *
 * @param name as declared
 * @param kind storage of one element
 * @param length elements per row: 1 for a scalar, the array's length, or the most bytes of a text
 * @param quantum step when replicated, 0 for exact
 * @param constants names of an enum's constants by ordinal, else empty
 * @param formerName under which rows may have been stored, see {@link RenamedFrom}; else empty
 */
public record ComponentField(
        String name,
        Kind kind,
        int length,
        double quantum,
        List<String> constants,
        String formerName) {
    /** A field that was never renamed. */
    public ComponentField(
            String name, Kind kind, int length, double quantum, List<String> constants) {
        this(name, kind, length, quantum, constants, "");
    }

    /** Storage of one element. */
    public enum Kind {
        /** One byte, 0 or 1. */
        BOOLEAN(1),
        /** One byte. */
        BYTE(1),
        /** Two bytes. */
        SHORT(2),
        /** Two bytes, unsigned. */
        CHAR(2),
        /** Four bytes. */
        INT(4),
        /** Eight bytes. */
        LONG(8),
        /** Four bytes, IEEE 754. */
        FLOAT(4),
        /** Eight bytes, IEEE 754. */
        DOUBLE(8),
        /** One byte: the ordinal; an enum has at most 127 constants. */
        ENUM(1),
        /** Eight bytes: an {@link EntityId}. */
        ENTITY(8),
        /** One byte of length, then UTF-8 padded with zeros to the field's bound. */
        TEXT(1);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one element. */
        public int bytes() {
            return bytes;
        }
    }

    /** Bytes of this field in one row. */
    public int bytes() {
        return kind == Kind.TEXT ? 1 + length : kind.bytes() * length;
    }
}
