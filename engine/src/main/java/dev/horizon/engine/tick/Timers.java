package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.PayloadForm;
import dev.horizon.engine.dispatch.Payloads;
import dev.horizon.engine.events.EventField;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.EntityId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events that wait for their tick: entities, so that they are captured and restored like any other
 * state. Tick thread; allocates nothing while none is due.
 */
final class Timers {
    private static final int PAYLOAD_BYTES = PendingEvent.PAYLOAD_LONGS * Long.BYTES;

    private final WorldState world;
    private final EventBus events;
    private final Tick tick;
    private final LongArrayList due = new LongArrayList();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX]);

    Timers(WorldState world, EventBus events, Tick tick) {
        this.world = world;
        this.events = events;
        this.tick = tick;
    }

    /** Leaves an event for a later tick. */
    void add(long ticks, Record event) {
        int bytes = events.waiting(event.getClass()).encode(event, buffer, 0);
        world.create(pending(tick.number() + ticks, event.getClass().getName(), bytes));
    }

    private PendingEvent pending(long dueTick, String event, int bytes) {
        if (bytes > PAYLOAD_BYTES) {
            throw new HorizonException(
                    "HZ-EVT-022",
                    "event "
                            + event
                            + " takes "
                            + bytes
                            + " bytes, and at most "
                            + PAYLOAD_BYTES
                            + " wait for a later tick; keep the rest in a component");
        }
        long[] payload = new long[PendingEvent.PAYLOAD_LONGS];
        for (int i = 0; i * Long.BYTES < bytes; i++) {
            payload[i] = buffer.getLong(i * Long.BYTES);
        }
        return new PendingEvent(dueTick, event, bytes, payload);
    }

    /** Raises what is due, in the order in which it was left. */
    void fire() {
        due.clear();
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            PendingEventColumn column = table.column(PendingEventColumn.TYPE);
            for (int row = 0; column != null && row < table.size(); row++) {
                if (column.dueTick[row] <= tick.number()) {
                    due.addLong(table.entityAt(row));
                }
            }
        }
        if (due.isEmpty()) {
            return;
        }
        long[] inOrder = due.toLongArray();
        java.util.Arrays.sort(inOrder);
        for (long id : inOrder) {
            EntityId entity = new EntityId(id);
            PendingEvent pending = world.read(entity, PendingEvent.class);
            world.destroy(entity);
            if (pending != null) {
                raise(pending);
            }
            world.apply();
        }
    }

    private void raise(PendingEvent pending) {
        put(pending);
        try {
            events.raise(pending.event(), buffer, 0, pending.bytes());
        } catch (HorizonException e) {
            events.quarantine()
                    .add("timer of " + pending.event(), "engine", tick.number(), "its payload", e);
        }
    }

    private void put(PendingEvent pending) {
        for (int i = 0; i < PendingEvent.PAYLOAD_LONGS; i++) {
            buffer.putLong(i * Long.BYTES, pending.payload()[i]);
        }
    }

    /** The fields of the events that wait, before their records become others. */
    Map<String, List<EventField>> forms() {
        Map<String, List<EventField>> forms = new LinkedHashMap<>();
        world.forEach(
                PendingEvent.class,
                entity -> {
                    PendingEvent pending = world.read(entity, PendingEvent.class);
                    EventCodec<?> codec = pending == null ? null : events.waiting(pending.event());
                    if (pending != null && codec != null) {
                        forms.put(pending.event(), codec.shape().fields());
                    }
                });
        return forms;
    }

    /** Writes what waits in the fields that its records have now. */
    void follow(Map<String, List<EventField>> before) {
        world.forEach(
                PendingEvent.class,
                entity -> {
                    PendingEvent pending = world.read(entity, PendingEvent.class);
                    EventCodec<?> now = pending == null ? null : events.waiting(pending.event());
                    List<EventField> was = pending == null ? null : before.get(pending.event());
                    if (pending != null
                            && now != null
                            && was != null
                            && !was.equals(now.shape().fields())) {
                        put(pending);
                        int bytes = PayloadForm.convert(was, now.shape().fields(), buffer);
                        world.write(entity, pending(pending.dueTick(), pending.event(), bytes));
                    }
                });
    }
}
