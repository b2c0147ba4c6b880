package dev.horizon.engine.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.plugin.HorizonException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds a tree of plain values (maps, lists, text, numbers, booleans: what a TOML reader, the
 * environment and flags give) to a record. Keys are the components' names in kebab-case. Text is
 * taken for every kind of value, because environment and flags have nothing else.
 *
 * <p>A component's type is a primitive, {@link String}, an enum, {@link java.time.Duration} (as in
 * {@code 250ms}), {@link java.nio.file.Path}, a record, or a {@link List} of these. Thread-safe.
 */
public final class ConfigBinder {
    private ConfigBinder() {}

    /**
     * Binds a tree to a record. Components that nobody set take their {@link Default}; nested
     * records and lists without one take their own defaults and the empty list.
     *
     * @param path where the tree stands, such as {@code plugins.chat}: for messages
     * @throws HorizonException HZ-CFG-001 for an unknown key, HZ-CFG-002 for a value of the wrong
     *     type, HZ-CFG-003 for a missing value, HZ-CFG-004 for a value that the record refuses
     */
    public static <C extends Record> C bind(
            Class<C> type, Map<String, ? extends @Nullable Object> tree, String path) {
        RecordComponent[] components = type.getRecordComponents();
        refuseUnknownKeys(components, tree, path);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = kebab(components[i].getName());
            values[i] = value(components[i], tree.get(key), join(path, key));
        }
        return type.cast(make(type, components, values, path));
    }

    /** A component's name as a key: {@code tickHz} becomes {@code tick-hz}. */
    public static String kebab(String name) {
        StringBuilder key = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                key.append('-').append(Character.toLowerCase(c));
            } else {
                key.append(c == '_' ? '-' : c);
            }
        }
        return key.toString();
    }

    private static void refuseUnknownKeys(
            RecordComponent[] components, Map<String, ?> tree, String path) {
        List<String> known = new ArrayList<>();
        for (RecordComponent component : components) {
            known.add(kebab(component.getName()));
        }
        for (String key : tree.keySet()) {
            if (!known.contains(key)) {
                String nearest = Spelling.nearest(key, known);
                throw new HorizonException(
                        "HZ-CFG-001",
                        "unknown key '"
                                + join(path, key)
                                + "'; "
                                + (nearest == null
                                        ? "known here: " + String.join(", ", known)
                                        : "did you mean '" + join(path, nearest) + "'?"));
            }
        }
    }

    private static Object value(RecordComponent component, @Nullable Object given, String path) {
        Default standard = component.getAnnotation(Default.class);
        Object raw = given == null && standard != null ? standard.value() : given;
        if (raw == null) {
            if (component.getType().isRecord()) {
                raw = Map.of();
            } else if (component.getType() == List.class) {
                raw = List.of();
            } else {
                throw new HorizonException(
                        "HZ-CFG-003",
                        "'"
                                + path
                                + "' is not set and has no default; set it to "
                                + Values.expectation(component.getType()));
            }
        }
        return convert(component.getGenericType(), raw, path);
    }

    private static Object convert(Type type, Object raw, String path) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return list(list.getActualTypeArguments()[0], raw, path);
        }
        if (!(type instanceof Class<?> target)) {
            throw new IllegalArgumentException(
                    "configuration field " + path + " has the type " + type + "; use a plain one");
        }
        if (target.isRecord()) {
            if (!(raw instanceof Map<?, ?> map)) {
                throw Values.wrongType(path, "a table", raw);
            }
            @SuppressWarnings("unchecked")
            Map<String, Object> tree = (Map<String, Object>) map;
            return bind(target.asSubclass(Record.class), tree, path);
        }
        return Values.convert(target, raw, path);
    }

    private static List<Object> list(Type element, Object raw, String path) {
        List<?> items;
        if (raw instanceof List<?> given) {
            items = given;
        } else if (raw instanceof String text) {
            items =
                    text.isBlank()
                            ? List.of()
                            : Arrays.stream(text.split(",")).map(String::strip).toList();
        } else {
            throw Values.wrongType(path, "a list", raw);
        }
        List<Object> values = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            values.add(convert(element, items.get(i), path + "[" + i + "]"));
        }
        return List.copyOf(values);
    }

    private static Object make(
            Class<?> type, RecordComponent[] components, Object[] values, String path) {
        try {
            Constructor<?> constructor =
                    type.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new HorizonException(
                    "HZ-CFG-004",
                    (path.isEmpty() ? "it" : "'" + path + "'")
                            + " is refused: "
                            + (cause == null ? e : cause).getMessage(),
                    cause == null ? e : cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("record " + type.getName() + " can't be made", e);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
