package dev.horizon.tools.live;

import dev.horizon.engine.tick.EntityView;
import dev.horizon.engine.world.EntityId;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Components as maps of plain values, for JSON and conditions. */
public final class EntityForm {
    private EntityForm() {}

    /** All components of an entity. */
    public static EntityStatus of(EntityView view) {
        Map<String, Map<String, Object>> components = new LinkedHashMap<>();
        view.components().forEach((name, component) -> components.put(name, fields(component)));
        return new EntityStatus(view.id().toString(), view.tick(), components);
    }

    /** The fields of one component, by name. */
    public static Map<String, Object> fields(Record component) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent field : component.getClass().getRecordComponents()) {
            try {
                var accessor = field.getAccessor();
                accessor.setAccessible(true);
                fields.put(field.getName(), plain(accessor.invoke(component)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(
                        "cannot read " + component.getClass().getName() + "." + field.getName(), e);
            }
        }
        return fields;
    }

    private static Object plain(Object value) {
        if (value instanceof EntityId || value instanceof Enum<?>) {
            return value.toString();
        }
        if (value.getClass().isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(plain(Array.get(value, i)));
            }
            return elements;
        }
        return value;
    }
}
