package dev.horizon.tools.live;

import dev.horizon.net.gateway.HttpCall;
import dev.horizon.net.gateway.HttpReply;
import dev.horizon.net.gateway.HttpRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the API behind a gateway's addresses. */
public final class ApiRoutes {
    private ApiRoutes() {}

    /** One route for each path of the API. */
    public static List<HttpRoute> of(Api api) {
        List<HttpRoute> routes = new ArrayList<>();
        for (String path : LiveApi.PATHS) {
            String route = path.endsWith("/") ? path + "*" : path;
            routes.add(
                    LiveApi.isPost(path)
                            ? HttpRoute.post(route, call -> answer(api, call))
                            : HttpRoute.get(route, call -> answer(api, call)));
        }
        return List.copyOf(routes);
    }

    private static HttpReply answer(Api api, HttpCall call) {
        Map<String, String> parameters = new HashMap<>();
        call.query().forEach((name, values) -> parameters.put(name, values.getFirst()));
        ApiAnswer answer =
                api.handle(
                        new ApiRequest(
                                call.method().equals("HEAD") ? "GET" : call.method(),
                                call.path(),
                                parameters,
                                call.headers().getOrDefault("authorization", ""),
                                call.text()));
        return new HttpReply(answer.status(), answer.contentType(), answer.body(), Map.of());
    }
}
