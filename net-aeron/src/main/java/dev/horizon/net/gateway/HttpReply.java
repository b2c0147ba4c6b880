package dev.horizon.net.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body whole
 * @param headers beside type and length; without {@code Cache-Control} nothing is cached
 */
public record HttpReply(int status, String contentType, byte[] body, Map<String, String> headers) {
    /** JSON, status 200. */
    public static HttpReply json(String json) {
        return json(200, json);
    }

    /** JSON with a status. */
    public static HttpReply json(int status, String json) {
        return new HttpReply(
                status,
                "application/json; charset=utf-8",
                json.getBytes(StandardCharsets.UTF_8),
                Map.of());
    }

    /** Plain text, status 200. */
    public static HttpReply text(String text) {
        return new HttpReply(
                200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A coded error as JSON: {@code {"code","message"}}. */
    public static HttpReply error(int status, String code, String message) {
        return json(
                status,
                Envelope.JSON.writeValueAsString(
                        Envelope.JSON
                                .createObjectNode()
                                .put("code", code)
                                .put("message", message)));
    }
}
