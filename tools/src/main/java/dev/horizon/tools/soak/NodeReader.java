package dev.horizon.tools.soak;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.client.Trust;
import dev.horizon.tools.soak.bots.Places;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the metrics and API of a node, or of a gateway in a process of its own. */
final class NodeReader implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    /** Before it begins: a machine with much to do may take its time. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(20);

    private static final Duration ORDER_PATIENCE = Duration.ofSeconds(60);
    private static final int PLACES_MAX = 2_000;
    private static final int HTTP_OK = 200;

    private final URI address;
    private final HttpClient http;

    NodeReader(URI address, Trust trust) {
        this.address = address;
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(trust.context())
                        .build();
    }

    /**
     * What the node said at one moment.
     *
     * @param metrics by name, labels included
     * @param tickCounts how many ticks since its start took up to so many microseconds
     */
    record Words(Map<String, Double> metrics, Map<Long, Long> tickCounts) {
        /** Not a number where the node doesn't say it. */
        double value(String name) {
            return metrics.getOrDefault(name, Double.NaN);
        }

        /** What it has grown by since it said the other; both from the same life. */
        double since(Words before, String name) {
            return value(name) - before.value(name);
        }

        /** The same of all values of a name, whatever their labels. */
        double since(Words before, String name, String labelPart) {
            return sum(name, labelPart) - before.sum(name, labelPart);
        }

        /** True where it counts from the beginning again: it was started again. */
        boolean isNewLifeSince(Words before) {
            String cpu = "horizon_cpu_seconds_total";
            return value(cpu) < before.value(cpu);
        }

        /** All values of a name, whatever their labels. */
        double sum(String name, String labelPart) {
            return metrics.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(name + "{"))
                    .filter(each -> each.getKey().contains(labelPart))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }
    }

    /** What a gateway says now; null when it says nothing in time. */
    @Nullable Words readGateway() {
        try {
            return new Words(metrics(get("/metrics", PATIENCE)), Map.of());
        } catch (IOException e) {
            return null;
        }
    }

    /** What a node says now; null when it says nothing in time. */
    @Nullable Words read() {
        try {
            Map<String, Double> metrics = metrics(get("/metrics", PATIENCE));
            Map<Long, Long> ticks = new HashMap<>();
            for (JsonNode bucket : JSON.readTree(get("/api/ticks", PATIENCE)).path("buckets")) {
                ticks.put(bucket.path(0).asLong(), bucket.path(1).asLong());
            }
            return new Words(metrics, ticks);
        } catch (IOException e) {
            return null;
        }
    }

    private static Map<String, Double> metrics(String text) {
        Map<String, Double> metrics = new HashMap<>();
        for (String line : text.split("\n")) {
            int blank = line.lastIndexOf(' ');
            if (blank > 0 && !line.startsWith("#")) {
                metrics.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
            }
        }
        return metrics;
    }

    /**
     * What bots are to know.
     *
     * @throws HorizonException HZ-SOAK-003 when it doesn't answer
     */
    Places places() {
        return new Places(placesOf("Bays"), placesOf("Ore"), placesOf("Gate"));
    }

    private List<Places.Place> placesOf(String component) {
        try {
            JsonNode known = JSON.readTree(get("/api/components", FIRST_PATIENCE));
            if (known.valueStream().noneMatch(c -> c.path("name").asString().equals(component))) {
                return List.of();
            }
            String where = URLEncoder.encode(component + " and Position", StandardCharsets.UTF_8);
            JsonNode found =
                    JSON.readTree(
                            get(
                                    "/api/query?limit=" + PLACES_MAX + "&where=" + where,
                                    FIRST_PATIENCE));
            List<Places.Place> places = new ArrayList<>();
            for (JsonNode entity : found.path("entities")) {
                JsonNode position = entity.path("components").path("Position");
                places.add(
                        new Places.Place(
                                entity.path("id").asString(),
                                position.path("x").asDouble(),
                                position.path("y").asDouble(),
                                position.path("z").asDouble()));
            }
            places.sort(Comparator.comparing(Places.Place::id));
            return places;
        } catch (IOException e) {
            throw new HorizonException(
                    "HZ-SOAK-003",
                    "the node at " + address + " doesn't answer: " + e.getMessage(),
                    e);
        }
    }

    /** True when the node says that it is well. */
    boolean isWell() {
        try {
            return send(HttpRequest.newBuilder(address.resolve("/health")).timeout(PATIENCE))
                            .statusCode()
                    == HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Has a plugin reloaded; the node's answer.
     *
     * @param token of an operator
     */
    String reload(String plugin, String token) throws IOException {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(address.resolve("/api/plugin"))
                                .timeout(ORDER_PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString("reload\n" + plugin)));
        JsonNode body = JSON.readTree(answer.body());
        return answer.statusCode() == HTTP_OK
                ? body.path("answer").asString()
                : body.path("code").asString() + ": " + body.path("message").asString();
    }

    private String get(String path, Duration patience) throws IOException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(address.resolve(path)).timeout(patience));
        if (answer.statusCode() != HTTP_OK) {
            throw new IOException(path + " answers " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
