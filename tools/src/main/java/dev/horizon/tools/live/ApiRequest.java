package dev.horizon.tools.live;

import java.util.Map;

/**
 * A request to the API.
 *
 * @param method GET or POST
 * @param path without the query
 * @param parameters of the query, decoded
 * @param authorization the header of that name, or empty
 * @param body decoded as UTF-8, or empty
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> parameters,
        String authorization,
        String body) {
    /** One parameter of the query, or what it is unless given. */
    public String parameter(String name, String standard) {
        return parameters.getOrDefault(name, standard);
    }
}
