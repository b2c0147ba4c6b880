package dev.horizon.engine.config;

import dev.horizon.engine.plugin.HorizonException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns one plain value into the type of a configuration field. */
final class Values {
    private Values() {}

    static Object convert(Class<?> type, Object raw, String path) {
        if (type == String.class) {
            return text(raw, path);
        }
        if (type == boolean.class || type == Boolean.class) {
            return bool(raw, path);
        }
        if (type == int.class || type == Integer.class) {
            return (int) whole(raw, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return whole(raw, path, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class || type == Double.class) {
            return number(raw, path);
        }
        if (type == float.class || type == Float.class) {
            return (float) number(raw, path);
        }
        if (type.isEnum()) {
            return constant(type, raw, path);
        }
        if (type == Duration.class) {
            return duration(raw, path);
        }
        if (type == Path.class) {
            return Path.of(text(raw, path));
        }
        throw new IllegalArgumentException(
                "configuration field "
                        + path
                        + " has the type "
                        + type.getName()
                        + "; use a plain one");
    }

    static HorizonException wrongType(String path, String expected, Object raw) {
        return new HorizonException(
                "HZ-CFG-002", "'" + path + "' is '" + raw + "'; set it to " + expected);
    }

    static String expectation(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == float.class || type == double.class) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of " + names(type);
        }
        if (type == Duration.class) {
            return "a duration such as 250ms, 10s or 5m";
        }
        return "text";
    }

    private static String text(Object raw, String path) {
        if (raw instanceof String text) {
            return text;
        }
        throw wrongType(path, "text", raw);
    }

    private static boolean bool(Object raw, String path) {
        if (raw instanceof Boolean value) {
            return value;
        }
        if (raw instanceof String text && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        throw wrongType(path, expectation(boolean.class), raw);
    }

    private static long whole(Object raw, String path, long min, long max) {
        long value;
        if (raw instanceof Integer || raw instanceof Long || raw instanceof Short) {
            value = ((Number) raw).longValue();
        } else if (raw instanceof String text) {
            try {
                value = Long.parseLong(text.strip().replace("_", ""));
            } catch (NumberFormatException e) {
                throw wrongType(path, expectation(int.class), raw);
            }
        } else {
            throw wrongType(path, expectation(int.class), raw);
        }
        if (value < min || value > max) {
            throw wrongType(path, "a whole number from " + min + " to " + max, raw);
        }
        return value;
    }

    private static double number(Object raw, String path) {
        double value;
        if (raw instanceof Number given) {
            value = given.doubleValue();
        } else if (raw instanceof String text) {
            try {
                value = Double.parseDouble(text.strip().replace("_", ""));
            } catch (NumberFormatException e) {
                throw wrongType(path, expectation(double.class), raw);
            }
        } else {
            throw wrongType(path, expectation(double.class), raw);
        }
        if (!Double.isFinite(value)) {
            throw wrongType(path, "a finite number", raw);
        }
        return value;
    }

    private static Object constant(Class<?> type, Object raw, String path) {
        if (raw instanceof String text) {
            String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
        }
        throw wrongType(path, expectation(type), raw);
    }

    private static Duration duration(Object raw, String path) {
        if (raw instanceof String text) {
            String given = text.strip().toLowerCase(Locale.ROOT);
            int digits = 0;
            while (digits < given.length() && Character.isDigit(given.charAt(digits))) {
                digits++;
            }
            if (digits > 0 && digits <= 12) {
                long amount = Long.parseLong(given.substring(0, digits));
                switch (given.substring(digits).strip()) {
                    case "ms" -> {
                        return Duration.ofMillis(amount);
                    }
                    case "s" -> {
                        return Duration.ofSeconds(amount);
                    }
                    case "m" -> {
                        return Duration.ofMinutes(amount);
                    }
                    case "h" -> {
                        return Duration.ofHours(amount);
                    }
                    default -> {}
                }
            }
        }
        throw wrongType(path, expectation(Duration.class), raw);
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ConfigBinder.kebab(((Enum<?>) constant).name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }
}
