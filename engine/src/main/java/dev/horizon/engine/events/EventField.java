package dev.horizon.engine.events;

import java.util.List;

/**
 * One field of an event.
 *
 * @param name as in the record and in JSON
 * @param kind its form
 * @param constants an enum's constants by ordinal, else empty
 * @param fields a nested record's fields, else empty
 * @param list true for a list of this kind: 16-bit count, then the elements
 */
public record EventField(
        String name, Kind kind, List<String> constants, List<EventField> fields, boolean list) {
    /** Form of one value. JSON forms in brackets. */
    public enum Kind {
        /** One byte, 0 or 1 (true or false). */
        BOOLEAN,
        /** Four bytes (a whole number in range). */
        INT,
        /** Eight bytes (a whole number in range, or its decimal text). */
        LONG,
        /** Four bytes (a finite number). */
        FLOAT,
        /** Eight bytes (a finite number). */
        DOUBLE,
        /** 16-bit length and UTF-8, at most 1,024 bytes (text). */
        TEXT,
        /** One byte, the ordinal (the constant's name). */
        ENUM,
        /** Eight bytes (text {@code block:counter}). */
        ENTITY,
        /** The nested fields in order (an object). */
        RECORD
    }

    /** Copies the lists. */
    public EventField {
        constants = List.copyOf(constants);
        fields = List.copyOf(fields);
    }
}
