package dev.horizon.engine.storage;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Parent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a world should hold, as plain maps: obviously right, slow. */
final class NaiveWorld {
    final Map<EntityId, Map<Class<?>, Record>> entities = new LinkedHashMap<>();

    List<EntityId> alive() {
        return new ArrayList<>(entities.keySet());
    }

    void create(EntityId id, Record... components) {
        Map<Class<?>, Record> map = new LinkedHashMap<>();
        for (Record component : components) {
            map.put(component.getClass(), component);
        }
        entities.put(id, map);
        straighten(id);
    }

    void set(EntityId id, Record component) {
        Map<Class<?>, Record> map = entities.get(id);
        if (map != null) {
            map.put(component.getClass(), component);
            straighten(id);
        }
    }

    void remove(EntityId id, Class<?> component) {
        Map<Class<?>, Record> map = entities.get(id);
        if (map != null) {
            map.remove(component);
        }
    }

    void destroy(EntityId id) {
        List<EntityId> riders = riders(id);
        if (entities.remove(id) != null) {
            riders.forEach(this::destroy);
        }
    }

    List<EntityId> riders(EntityId carrier) {
        List<EntityId> riders = new ArrayList<>();
        for (var entry : entities.entrySet()) {
            if (carrier.equals(parent(entry.getKey()))) {
                riders.add(entry.getKey());
            }
        }
        riders.sort((a, b) -> Long.compare(a.value(), b.value()));
        return riders;
    }

    private @Nullable EntityId parent(EntityId id) {
        Map<Class<?>, Record> map = entities.get(id);
        return map != null && map.get(Parent.class) instanceof Parent parent ? parent.id() : null;
    }

    /** A parent that doesn't exist, or that rides in its own rider, becomes none. */
    private void straighten(EntityId id) {
        if (entities.get(id).get(Parent.class) instanceof Parent given && !given.id().isNone()) {
            boolean fits = entities.containsKey(given.id());
            EntityId at = given.id();
            while (fits && at != null && !at.isNone()) {
                fits = !at.equals(id);
                at = parent(at);
            }
            if (!fits) {
                Parent none = new Parent(EntityId.NONE, given.x(), given.y(), given.z());
                entities.get(id).put(Parent.class, none);
            }
        }
    }
}
