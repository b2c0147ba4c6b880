package dev.horizon.engine.dispatch;

import dev.horizon.engine.events.EventField;
import dev.horizon.engine.events.EventField.Kind;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Describes a record's payload from its components. */
final class RecordShape {
    /** Records in records: deeper is a record that contains itself, or ought to be flattened. */
    private static final int DEPTH_MAX = 6;

    /** Constants of an enum: the ordinal is one byte. */
    private static final int CONSTANTS_MAX = 256;

    private RecordShape() {}

    static List<EventField> fields(Class<? extends Record> type) {
        return fields(type, 1);
    }

    private static List<EventField> fields(Class<?> type, int depth) {
        if (depth > DEPTH_MAX) {
            throw unsupported(type.getName(), "it nests records more than " + DEPTH_MAX + " deep");
        }
        List<EventField> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String where = type.getName() + "." + component.getName();
            boolean list = component.getType() == List.class;
            Class<?> element =
                    list ? listElement(component.getGenericType(), where) : component.getType();
            fields.add(field(component.getName(), element, list, where, depth));
        }
        return fields;
    }

    private static EventField field(
            String name, Class<?> type, boolean list, String where, int depth) {
        Kind kind = kind(type, where);
        List<String> constants = List.of();
        if (kind == Kind.ENUM) {
            Object[] all = type.getEnumConstants();
            if (all.length > CONSTANTS_MAX) {
                throw unsupported(where, "its enum has more than " + CONSTANTS_MAX + " constants");
            }
            constants = Arrays.stream(all).map(constant -> ((Enum<?>) constant).name()).toList();
        }
        List<EventField> nested = kind == Kind.RECORD ? fields(type, depth + 1) : List.of();
        return new EventField(name, kind, constants, nested, list);
    }

    static Class<?> listElement(Type type, String where) {
        if (type instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> element) {
            return element;
        }
        throw unsupported(where, "the elements of its list have no plain type");
    }

    static Kind kind(Class<?> type, String where) {
        if (type == boolean.class || type == Boolean.class) {
            return Kind.BOOLEAN;
        }
        if (type == int.class || type == Integer.class) {
            return Kind.INT;
        }
        if (type == long.class || type == Long.class) {
            return Kind.LONG;
        }
        if (type == float.class || type == Float.class) {
            return Kind.FLOAT;
        }
        if (type == double.class || type == Double.class) {
            return Kind.DOUBLE;
        }
        if (type == String.class) {
            return Kind.TEXT;
        }
        if (type == EntityId.class) {
            return Kind.ENTITY;
        }
        if (type.isEnum()) {
            return Kind.ENUM;
        }
        if (type.isRecord()) {
            return Kind.RECORD;
        }
        throw unsupported(where, "no payload carries a " + type.getName());
    }

    private static HorizonException unsupported(String where, String why) {
        return new HorizonException(
                "HZ-EVT-008",
                "event field "
                        + where
                        + ": "
                        + why
                        + "; use boolean, int, long, float, double, String, an enum, EntityId, a"
                        + " record of these or a List of one of them");
    }
}
