package dev.horizon.engine.query;

import dev.horizon.engine.world.EntityId;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A component as a map of plain values, for conditions and JSON. */
public final class Fields {
    /** Accessors of records that were asked for, which are slow to find. */
    private static final ClassValue<List<Method>> ACCESSORS =
            new ClassValue<>() {
                @Override
                protected List<Method> computeValue(Class<?> type) {
                    List<Method> accessors = new ArrayList<>();
                    for (RecordComponent field : type.getRecordComponents()) {
                        field.getAccessor().setAccessible(true);
                        accessors.add(field.getAccessor());
                    }
                    return List.copyOf(accessors);
                }
            };

    private Fields() {}

    /** The fields of one component, by name. */
    public static Map<String, Object> of(Record component) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Method accessor : ACCESSORS.get(component.getClass())) {
            try {
                fields.put(accessor.getName(), plain(accessor.invoke(component)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
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
