package dev.horizon.schemas;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Drives the generated codecs by the names of fields, so that one test serves all messages. */
final class Codecs {
    private static final int MESSAGE_BYTES_MAX = 1 << 16;

    private Codecs() {}

    /** Encodes a message, header included; fields in the schema's order. */
    static byte[] encode(String schema, String template, Map<String, Object> fields)
            throws ReflectiveOperationException {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[MESSAGE_BYTES_MAX]);
        Class<?> headerType = type(schema, "MessageHeaderEncoder");
        Class<?> type = type(schema, template + "Encoder");
        Object encoder = type.getConstructor().newInstance();
        type.getMethod("wrapAndApplyHeader", MutableDirectBuffer.class, int.class, headerType)
                .invoke(encoder, buffer, 0, headerType.getConstructor().newInstance());
        put(encoder, fields);
        byte[] message = new byte[8 + (int) type.getMethod("encodedLength").invoke(encoder)];
        buffer.getBytes(0, message);
        return message;
    }

    private static void put(Object encoder, Map<String, Object> fields)
            throws ReflectiveOperationException {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            String name = field.getKey();
            Object value = field.getValue();
            if (value instanceof List<?> entries) {
                Object group = method(encoder, name + "Count", 1).invoke(encoder, entries.size());
                for (Object entry : entries) {
                    group.getClass().getMethod("next").invoke(group);
                    put(group, map(entry));
                }
            } else {
                putOne(encoder, name, value);
            }
        }
    }

    private static void putOne(Object encoder, String name, Object value)
            throws ReflectiveOperationException {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        boolean isData = has(encoder, "put" + capital, byte[].class, int.class, int.class);
        if (isData && !has(encoder, name, String.class)) {
            byte[] bytes = HexFormat.of().parseHex((String) value);
            encoder.getClass()
                    .getMethod("put" + capital, byte[].class, int.class, int.class)
                    .invoke(encoder, bytes, 0, bytes.length);
            return;
        }
        Method setter = method(encoder, name, 1);
        setter.invoke(encoder, convert(value, setter.getParameterTypes()[0]));
    }

    private static Object convert(Object value, Class<?> type) {
        if (type == String.class) {
            return value;
        }
        if (value instanceof String text) {
            return Long.parseUnsignedLong(text);
        }
        Number number = (Number) value;
        return switch (type.getName()) {
            case "byte" -> number.byteValue();
            case "short" -> number.shortValue();
            case "int" -> number.intValue();
            case "float" -> number.floatValue();
            case "double" -> number.doubleValue();
            default -> number.longValue();
        };
    }

    /** Decodes what the expected fields name, into the same form. */
    static Map<String, Object> decode(
            String schema, String template, byte[] message, Map<String, Object> expected)
            throws ReflectiveOperationException {
        UnsafeBuffer buffer = new UnsafeBuffer(message);
        Class<?> headerType = type(schema, "MessageHeaderDecoder");
        Class<?> type = type(schema, template + "Decoder");
        Object decoder = type.getConstructor().newInstance();
        type.getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, headerType)
                .invoke(decoder, buffer, 0, headerType.getConstructor().newInstance());
        Map<String, Object> decoded = get(decoder, expected);
        int length = 8 + (int) type.getMethod("encodedLength").invoke(decoder);
        if (length != message.length) {
            throw new IllegalStateException(
                    "decoded " + length + " of " + message.length + " bytes of " + template);
        }
        return decoded;
    }

    /** The same of a message that may hold more than is expected. */
    static Map<String, Object> decodeSome(
            String schema, String template, byte[] message, Map<String, Object> expected)
            throws ReflectiveOperationException {
        UnsafeBuffer buffer = new UnsafeBuffer(message);
        Class<?> headerType = type(schema, "MessageHeaderDecoder");
        Class<?> type = type(schema, template + "Decoder");
        Object decoder = type.getConstructor().newInstance();
        type.getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, headerType)
                .invoke(decoder, buffer, 0, headerType.getConstructor().newInstance());
        return get(decoder, expected);
    }

    /** Of a message's fields, those that a schema's codecs have. */
    static Map<String, Object> known(String schema, String template, Map<String, Object> fields)
            throws ReflectiveOperationException {
        return known(type(schema, template + "Decoder"), fields);
    }

    private static Map<String, Object> known(Class<?> decoder, Map<String, Object> fields)
            throws ReflectiveOperationException {
        Map<String, Object> known = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            String name = field.getKey();
            if (field.getValue() instanceof List<?> entries) {
                if (has(decoder, name)) {
                    Class<?> group = decoder.getMethod(name).getReturnType();
                    List<Object> some = new ArrayList<>();
                    for (Object entry : entries) {
                        some.add(known(group, map(entry)));
                    }
                    known.put(name, some);
                }
            } else if (has(decoder, name) || has(decoder, name + "Length")) {
                known.put(name, field.getValue());
            }
        }
        return known;
    }

    private static Map<String, Object> get(Object decoder, Map<String, Object> expected)
            throws ReflectiveOperationException {
        Map<String, Object> decoded = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field : expected.entrySet()) {
            String name = field.getKey();
            if (field.getValue() instanceof List<?> entries) {
                decoded.put(name, group(method(decoder, name, 0).invoke(decoder), entries));
            } else {
                decoded.put(name, getOne(decoder, name, field.getValue()));
            }
        }
        return decoded;
    }

    private static List<Object> group(Object group, List<?> expected)
            throws ReflectiveOperationException {
        List<Object> entries = new ArrayList<>();
        while ((boolean) group.getClass().getMethod("hasNext").invoke(group)) {
            group.getClass().getMethod("next").invoke(group);
            Map<String, Object> shape =
                    entries.size() < expected.size() ? map(expected.get(entries.size())) : Map.of();
            entries.add(get(group, shape));
        }
        return entries;
    }

    private static Object getOne(Object decoder, String name, Object expected)
            throws ReflectiveOperationException {
        if (has(decoder, name + "Length") && !has(decoder, name)) {
            String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            byte[] bytes = new byte[(int) method(decoder, name + "Length", 0).invoke(decoder)];
            decoder.getClass()
                    .getMethod("get" + capital, byte[].class, int.class, int.class)
                    .invoke(decoder, bytes, 0, bytes.length);
            return HexFormat.of().formatHex(bytes);
        }
        Object value = method(decoder, name, 0).invoke(decoder);
        if (value instanceof Long number && expected instanceof String) {
            return Long.toUnsignedString(number);
        }
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue();
        }
        return value instanceof Number number ? (Object) number.longValue() : value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object entry) {
        return (Map<String, Object>) entry;
    }

    private static Class<?> type(String schema, String name) throws ClassNotFoundException {
        return Class.forName("dev.horizon.schemas." + schema + "." + name);
    }

    private static boolean has(Object codec, String name, Class<?>... parameters) {
        return has(codec.getClass(), name, parameters);
    }

    private static boolean has(Class<?> codec, String name, Class<?>... parameters) {
        try {
            codec.getMethod(name, parameters);
            return true;
        } catch (NoSuchMethodException absent) {
            return false;
        }
    }

    private static Method method(Object codec, String name, int parameters) {
        for (Method method : codec.getClass().getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == parameters) {
                return method;
            }
        }
        throw new IllegalArgumentException(
                codec.getClass().getSimpleName() + " has no " + name + "; fix the vector");
    }
}
