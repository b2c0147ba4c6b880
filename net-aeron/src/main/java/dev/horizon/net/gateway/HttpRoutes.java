package dev.horizon.net.gateway;

import dev.horizon.engine.plugin.HorizonException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request: a route first, then a static resource. Thread-safe. */
final class HttpRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);

    private final List<HttpRoute> routes;
    private final HttpFiles files;

    HttpRoutes(List<HttpRoute> routes, HttpFiles files) {
        this.routes = List.copyOf(routes);
        this.files = files;
    }

    /**
     * True for a decoded path without a dotted part, backslash or control character: it can't lead
     * out of the folder it starts in.
     */
    static boolean isSafe(String path) {
        for (String part : path.substring(Math.min(1, path.length())).split("/", -1)) {
            if (part.startsWith(".")) {
                return false;
            }
        }
        return path.startsWith("/")
                && !path.contains("//")
                && path.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7F);
    }

    /** The answer, whatever it is. On a virtual thread. */
    HttpReply answer(HttpCall call) {
        try {
            boolean known = false;
            for (HttpRoute route : routes) {
                if (route.takes(call.path())) {
                    if (matches(route.method(), call.method())) {
                        return route.handler().handle(call);
                    }
                    known = true;
                }
            }
            HttpReply file =
                    matches("GET", call.method())
                            ? files.find(call.path(), call.headers().get("if-none-match"))
                            : null;
            if (file != null) {
                return file;
            }
            return known
                    ? HttpReply.error(
                            405, Refusal.METHOD, call.path() + " doesn't take " + call.method())
                    : HttpReply.error(404, Refusal.NOT_FOUND, "nothing is at " + call.path());
        } catch (HorizonException e) {
            return HttpReply.error(400, e.code(), String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            // An error too: else its thread ends, and the caller sees a connection that closed.
            LOG.error("{} {} failed", call.method(), call.path(), e);
            return HttpReply.error(
                    500,
                    Refusal.HANDLER_FAILED,
                    "the server failed to answer "
                            + call.path()
                            + " ("
                            + e.getClass().getSimpleName()
                            + "): its log has the stack");
        }
    }

    private static boolean matches(String routed, String asked) {
        return routed.equals(asked) || (routed.equals("GET") && asked.equals("HEAD"));
    }

    /** What a request without a handler's turn is answered. */
    static HttpReply busy() {
        return new HttpReply(
                503,
                "application/json; charset=utf-8",
                HttpReply.error(503, Refusal.BUSY, "too many requests at once: try again").body(),
                Map.of("retry-after", "1"));
    }
}
