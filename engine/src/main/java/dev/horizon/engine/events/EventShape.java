package dev.horizon.engine.events;

import java.util.List;

/**
 * The shape of an event on the wire, enough to check and transcode it without the plugin's code.
 * The binary payload is the fields in order, little-endian, unpadded; see {@link EventField.Kind}.
 *
 * @param direction who sends it
 * @param namespace as in the envelope
 * @param event as in the envelope
 * @param latestWins true when only the latest per player and tick is dispatched
 * @param fields of the record, in order
 */
public record EventShape(
        Direction direction,
        String namespace,
        String event,
        boolean latestWins,
        List<EventField> fields) {
    /** Who sends an event. */
    public enum Direction {
        /** Clients send it. */
        FROM_CLIENT,
        /** Nodes send it to clients. */
        TO_CLIENT
    }

    /** Copies the list. */
    public EventShape {
        fields = List.copyOf(fields);
    }

    /**
     * Sixteen bits that stand for (direction, namespace, event): a function of the names alone, so
     * that recorded inputs stay readable. A catalogue refuses two events whose ids meet.
     */
    public int id() {
        int hash = (direction + "/" + namespace + "/" + event).hashCode();
        return (hash ^ (hash >>> 16)) & 0xFFFF;
    }

    /**
     * Thirty-two bits that stand for the fields: what has another form can't be read by this one.
     */
    public int form() {
        StringBuilder text = new StringBuilder();
        describe(fields, text);
        return text.toString().hashCode();
    }

    private static void describe(List<EventField> fields, StringBuilder text) {
        for (EventField field : fields) {
            text.append(field.name()).append(' ').append(field.kind().name());
            text.append(field.list() ? " list" : "").append(field.constants()).append('(');
            describe(field.fields(), text);
            text.append(')');
        }
    }
}
