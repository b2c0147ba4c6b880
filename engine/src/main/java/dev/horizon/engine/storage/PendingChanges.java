package dev.horizon.engine.storage;

import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.HorizonWorldException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The structural changes that handlers asked for since the last apply: one entry per entity,
 * applied in the order in which the entities were first named.
 */
final class PendingChanges {
    /** What is to become of one entity. A null value takes a component away. */
    static final class Entry {
        final long id;
        final boolean created;
        final List<ComponentType<?>> types = new ArrayList<>();
        final List<@Nullable Record> values = new ArrayList<>();
        boolean destroyed;

        Entry(long id, boolean created) {
            this.id = id;
            this.created = created;
        }

        /** For a component that the entry doesn't mention yet. */
        void add(ComponentType<?> type, @Nullable Record value) {
            types.add(type);
            values.add(value);
        }

        void set(ComponentType<?> type, @Nullable Record value) {
            int i = types.indexOf(type);
            if (i < 0) {
                add(type, value);
            } else {
                values.set(i, value);
            }
        }

        void forget(ComponentType<?> type) {
            int i = types.indexOf(type);
            if (i >= 0) {
                types.remove(i);
                values.remove(i);
            }
        }

        boolean mentions(ComponentType<?> type) {
            return types.contains(type);
        }

        @Nullable Record value(ComponentType<?> type) {
            int i = types.indexOf(type);
            return i < 0 ? null : values.get(i);
        }
    }

    private final List<Entry> inOrder = new ArrayList<>();
    private final Long2ObjectHashMap<Entry> byId = new Long2ObjectHashMap<>();

    boolean isEmpty() {
        return inOrder.isEmpty();
    }

    @Nullable Entry find(long id) {
        return inOrder.isEmpty() ? null : byId.get(id);
    }

    Entry create(long id) {
        return enter(new Entry(id, true));
    }

    Entry change(long id) {
        Entry entry = byId.get(id);
        return entry == null ? enter(new Entry(id, false)) : entry;
    }

    private Entry enter(Entry entry) {
        if (byId.put(entry.id, entry) != null) {
            throw new HorizonWorldException(
                    "entity " + new EntityId(entry.id) + " is to be created already");
        }
        inOrder.add(entry);
        return entry;
    }

    /** The first entity to be created with the component, or null. */
    @Nullable Entry firstWith(ComponentType<?> type) {
        for (Entry entry : inOrder) {
            if (!entry.destroyed && entry.value(type) != null) {
                return entry;
            }
        }
        return null;
    }

    void apply(StructuralChanges changes, Riders riders) {
        if (inOrder.isEmpty()) {
            return;
        }
        for (Entry entry : inOrder) {
            if (entry.created && !entry.destroyed) {
                changes.create(entry.id, entry.types, entry.values);
            } else if (entry.destroyed) {
                changes.destroy(entry.id);
            } else {
                for (int i = 0; i < entry.types.size(); i++) {
                    changes.set(entry.id, entry.types.get(i), entry.values.get(i));
                }
            }
        }
        // One by one: to clear a map costs what it ever held, and some apply for each entity.
        for (Entry entry : inOrder) {
            byId.remove(entry.id);
        }
        inOrder.clear();
        riders.settle();
    }
}
