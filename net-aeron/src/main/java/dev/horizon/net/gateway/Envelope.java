package dev.horizon.net.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text form of a message: {@code {"namespace","event","data"}}.
 *
 * @param namespace such as {@code chat}
 * @param event such as {@code message}
 * @param data an object; empty where the text has none
 */
record Envelope(String namespace, String event, JsonNode data) {
    /** Deeper than any event; a bound against texts that are all brackets. */
    private static final int DEPTH_MAX = 16;

    private static final int NAME_CHARS_MAX = 64;
    private static final int NUMBER_CHARS_MAX = 64;

    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxNumberLength(NUMBER_CHARS_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** Reads one text message. */
    static Envelope parse(byte[] utf8) throws RefusedException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedException(
                    Refusal.closing(Refusal.NOT_JSON, "the text message isn't UTF-8"));
        }
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new RefusedException(
                    Refusal.NOT_JSON,
                    "the message isn't JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        if (!root.isObject()) {
            throw notAnEnvelope("it is no object");
        }
        JsonNode data = root.get("data");
        if (data != null && !data.isObject()) {
            throw notAnEnvelope("data is no object");
        }
        for (String name : root.propertyNames()) {
            if (!name.equals("namespace") && !name.equals("event") && !name.equals("data")) {
                throw notAnEnvelope("'" + brief(name) + "' isn't part of one");
            }
        }
        return new Envelope(
                name(root, "namespace"),
                name(root, "event"),
                data == null ? JSON.createObjectNode() : data);
    }

    /** A text of the data, or null where it isn't there or no text. */
    @Nullable String text(String field) {
        JsonNode value = data.get(field);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    boolean is(String otherNamespace, String otherEvent) {
        return namespace.equals(otherNamespace) && event.equals(otherEvent);
    }

    /** As much of what a client sent as an answer may repeat. */
    static String brief(String text) {
        return text.length() <= NAME_CHARS_MAX ? text : text.substring(0, NAME_CHARS_MAX) + "...";
    }

    private static String name(JsonNode root, String field) throws RefusedException {
        JsonNode value = root.get(field);
        if (value == null || !value.isString()) {
            throw notAnEnvelope(field + " is missing or no text");
        }
        String name = value.stringValue();
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            throw notAnEnvelope(field + " has not 1 to " + NAME_CHARS_MAX + " characters");
        }
        return name;
    }

    private static RefusedException notAnEnvelope(String why) {
        return new RefusedException(
                Refusal.NOT_AN_ENVELOPE,
                "the message isn't an envelope {\"namespace\",\"event\",\"data\"}: " + why);
    }
}
