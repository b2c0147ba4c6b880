package dev.horizon.net.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Pages and an API for one person on this machine, without a gateway behind them: the routes and
 * resources of a gateway, on loopback alone. Thread-safe.
 */
public final class PageServer implements AutoCloseable {
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost", "[::1]");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpRoutes routes;

    private PageServer(HttpServer server, HttpRoutes routes) {
        this.server = server;
        this.routes = routes;
    }

    /**
     * Listens.
     *
     * @param port 0 for any that is free
     * @param routes answer first
     * @param folders class-path folder by path prefix, both ending in a slash
     * @throws HorizonException HZ-GW-001 when the port is taken
     */
    public static PageServer start(
            int port, List<HttpRoute> routes, Map<String, String> folders, ClassLoader loader) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            PageServer started =
                    new PageServer(server, new HttpRoutes(routes, new HttpFiles(folders, loader)));
            server.setExecutor(started.threads);
            server.createContext("/", started::answer);
            server.start();
            return started;
        } catch (IOException e) {
            throw new HorizonException(
                    Refusal.PORT_TAKEN,
                    "port " + port + " can't be used: " + e.getMessage() + "; choose another",
                    e);
        }
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpReply reply = reply(exchange);
            exchange.getResponseHeaders().set("cache-control", "no-store");
            exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.getResponseHeaders().set("content-type", reply.contentType());
            boolean hasBody =
                    reply.body().length > 0 && !exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), hasBody ? reply.body().length : -1);
            if (hasBody) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    private HttpReply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("host"));
        if (path == null || !HttpRoutes.isSafe(path)) {
            return HttpReply.error(400, Refusal.PATH, "that is no path of this server");
        }
        // A page of elsewhere whose name was made to lead here must not read what is here.
        if (!HOSTS.contains(host.replaceFirst(":\\d+$", ""))) {
            return HttpReply.error(403, Refusal.ORIGIN, "this server is for this machine alone");
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return routes.answer(
                new HttpCall(
                        exchange.getRequestMethod(),
                        path,
                        query(exchange.getRequestURI().getRawQuery()),
                        headers,
                        exchange.getRequestBody().readAllBytes()));
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                query.computeIfAbsent(
                                URLDecoder.decode(name, StandardCharsets.UTF_8),
                                key -> new ArrayList<>())
                        .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
