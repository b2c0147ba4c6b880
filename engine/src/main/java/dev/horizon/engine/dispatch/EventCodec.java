package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.plugin.HorizonException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.WrongMethodTypeException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One event record and its payload bytes. Immutable and thread-safe; reader and writer belong to
 * the calling thread.
 *
 * @param <E> the event record
 */
public final class EventCodec<E extends Record> {
    private final Class<E> type;
    private final EventShape shape;
    private final MethodHandle read;
    private final MethodHandle[] write;

    private EventCodec(Class<E> type, EventShape shape) {
        this.type = type;
        this.shape = shape;
        this.read = RecordHandles.reader(type);
        this.write = RecordHandles.fieldWriters(type);
    }

    /**
     * The codec of a record under an event's names.
     *
     * @throws HorizonException HZ-EVT-008 when a field is of a type that no payload carries
     */
    public static <E extends Record> EventCodec<E> of(
            EventShape.Direction direction,
            String namespace,
            String event,
            boolean latestWins,
            Class<E> type) {
        return new EventCodec<>(
                type,
                new EventShape(direction, namespace, event, latestWins, RecordShape.fields(type)));
    }

    /** The record. */
    public Class<E> type() {
        return type;
    }

    /** The form of its payload. */
    public EventShape shape() {
        return shape;
    }

    /**
     * Makes the record from a whole payload.
     *
     * @throws HorizonException HZ-EVT-001 to 007 for what doesn't fit the record
     */
    public E decode(PayloadReader in) {
        if (in.remaining() > Payloads.PAYLOAD_BYTES_MAX) {
            throw new HorizonException(
                    "HZ-EVT-007",
                    "a payload of "
                            + in.remaining()
                            + " bytes is larger than "
                            + Payloads.PAYLOAD_BYTES_MAX
                            + "; send less");
        }
        Record event = invokeRead(in);
        if (in.remaining() != 0) {
            throw new HorizonException(
                    "HZ-EVT-002",
                    in.remaining()
                            + " bytes are left behind the last field of "
                            + name()
                            + "; send its fields alone");
        }
        return type.cast(event);
    }

    /** Makes the record from a payload; for use off the tick. */
    public E decode(DirectBuffer buffer, int offset, int length) {
        return decode(new PayloadReader().wrap(buffer, offset, length));
    }

    /**
     * Writes a record of this type.
     *
     * @throws HorizonException HZ-EVT-003, 005, 007 or 009 for what no payload can carry
     */
    public void encode(Record event, PayloadWriter out) {
        try {
            out.writeRecord(write, event);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("record " + type.getName() + " can't be read", e);
        }
    }

    /** Writes a record and answers the bytes it took; for use off the tick. */
    public int encode(Record event, MutableDirectBuffer buffer, int offset) {
        int room = Math.min(Payloads.PAYLOAD_BYTES_MAX, buffer.capacity() - offset);
        PayloadWriter out = new PayloadWriter().wrap(buffer, offset, room);
        encode(event, out);
        return out.length();
    }

    private Record invokeRead(PayloadReader in) {
        try {
            return (Record) read.invokeExact(in);
        } catch (HorizonException | WrongMethodTypeException | Error e) {
            throw e;
        } catch (Throwable e) {
            // The record's own constructor: what it can't be made of is the sender's fault.
            throw new HorizonException("HZ-EVT-006", name() + " is refused: " + e.getMessage(), e);
        }
    }

    private String name() {
        return shape.namespace() + ":" + shape.event();
    }
}
