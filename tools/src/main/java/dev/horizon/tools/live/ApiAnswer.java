package dev.horizon.tools.live;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of the API.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body bytes; never changed after this
 */
public record ApiAnswer(int status, String contentType, byte[] body) {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    /** JSON, status 200. */
    public static ApiAnswer json(Object value) {
        return json(200, value);
    }

    /** JSON with a status. */
    public static ApiAnswer json(int status, Object value) {
        return new ApiAnswer(status, "application/json", JSON.writeValueAsBytes(value));
    }

    /** Text. */
    public static ApiAnswer text(int status, String contentType, String text) {
        return new ApiAnswer(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A coded error. */
    public static ApiAnswer problem(int status, String code, String message) {
        return json(status, Map.of("code", code, "message", message));
    }
}
