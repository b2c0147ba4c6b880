package dev.horizon.tools.config;

import dev.horizon.engine.config.ConfigBinder;
import dev.horizon.engine.plugin.Default;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One key that can be set, as its record declares it.
 *
 * @param path dotted
 * @param type in words, such as {@code whole number} or {@code development | production}
 * @param defaultText as it would stand in an environment variable
 * @param range the bounds of a number, or null
 * @param doc one sentence
 */
public record ConfigKey(
        String path, String type, String defaultText, @Nullable Range range, String doc) {
    /** The environment variable that sets the key, such as {@code HORIZON_NODE__TICK_HZ}. */
    public String variable() {
        return EnvironmentSettings.variable(path);
    }

    /** All keys below a record, in order of declaration; free trees ({@code Map}) have none. */
    public static List<ConfigKey> of(Class<? extends Record> type) {
        List<ConfigKey> keys = new ArrayList<>();
        collect(type, "", keys);
        return List.copyOf(keys);
    }

    /** The bounds of a number, or of a duration, in words. */
    static String bounds(Range range, boolean duration) {
        String unit = duration ? "s" : "";
        return plain(range.min()) + unit + " to " + plain(range.max()) + unit;
    }

    /** Whole numbers without a fraction, so that bounds read as people write them. */
    static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static void collect(Class<?> type, String prefix, List<ConfigKey> into) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + ConfigBinder.kebab(component.getName());
            if (component.getType().isRecord()) {
                collect(component.getType(), path + ".", into);
            } else if (!Map.class.isAssignableFrom(component.getType())) {
                into.add(key(path, component));
            }
        }
    }

    private static ConfigKey key(String path, RecordComponent component) {
        Default text = component.getAnnotation(Default.class);
        Doc doc = component.getAnnotation(Doc.class);
        if (text == null || doc == null) {
            throw new IllegalStateException(path + " needs @Default and @Doc");
        }
        Range range = component.getAnnotation(Range.class);
        return new ConfigKey(path, words(component), text.value(), range, doc.value());
    }

    private static String words(RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType list) {
            boolean tables =
                    list.getActualTypeArguments()[0] instanceof Class<?> element
                            && element.isRecord();
            return tables ? "list of tables" : "list";
        }
        return words(component.getType());
    }

    private static String words(Class<?> type) {
        if (type.isEnum()) {
            return String.join(
                    " | ",
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .toList());
        }
        if (type == int.class || type == long.class) {
            return "whole number";
        }
        if (type == double.class || type == float.class) {
            return "number";
        }
        if (type == boolean.class) {
            return "true | false";
        }
        if (type == Duration.class) {
            return "duration, as in 250ms, 10s, 5m";
        }
        if (type == Path.class) {
            return "path";
        }
        return "text";
    }
}
