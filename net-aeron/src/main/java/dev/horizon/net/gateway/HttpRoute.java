package dev.horizon.net.gateway;

/**
 * One address that a program answers.
 *
 * @param method such as {@code GET}
 * @param path exactly, or all below it when it ends in {@code /*}
 * @param handler answers; on a virtual thread, so it may wait
 */
public record HttpRoute(String method, String path, HttpHandler handler) {
    private static final String BELOW = "/*";

    /** A route for {@code GET}. */
    public static HttpRoute get(String path, HttpHandler handler) {
        return new HttpRoute("GET", path, handler);
    }

    /** A route for {@code POST}. */
    public static HttpRoute post(String path, HttpHandler handler) {
        return new HttpRoute("POST", path, handler);
    }

    boolean takes(String requested) {
        return path.endsWith(BELOW)
                ? requested.startsWith(path.substring(0, path.length() - 1))
                : requested.equals(path);
    }

    /** Answers one request. */
    @FunctionalInterface
    public interface HttpHandler {
        /**
         * The answer.
         *
         * @throws Exception is logged and answered by status 500 with its code, where it is a
         *     {@code HorizonException} by status 400 with its message
         */
        HttpReply handle(HttpCall call) throws Exception;
    }
}
