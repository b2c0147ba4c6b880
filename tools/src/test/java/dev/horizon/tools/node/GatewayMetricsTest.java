package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.await;
import static dev.horizon.tools.node.OpenNode.awaitHealth;
import static dev.horizon.tools.node.OpenNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.net.client.HorizonClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway in a process of its own tells Prometheus while somebody plays by it. */
class GatewayMetricsTest {
    private static final List<String> MOVING =
            List.of(
                    "horizon_gateway_messages_out_total",
                    "horizon_gateway_bytes_out_total",
                    "horizon_gateway_near_bytes_out_total",
                    "horizon_gateway_frames_in_total",
                    "horizon_gateway_messages_in_total",
                    "horizon_gateway_age_seconds_count",
                    "horizon_gateway_age_seconds_sum",
                    "horizon_cpu_seconds_total",
                    "horizon_allocated_bytes_total");
    private static final List<String> LEVELS =
            List.of(
                    "horizon_gateway_channels",
                    "horizon_gateway_telling_seconds",
                    "horizon_heap_used_bytes",
                    "horizon_metaspace_bytes",
                    "horizon_resident_bytes",
                    "horizon_threads",
                    "horizon_open_files",
                    "horizon_buffer_bytes{pool=\"direct\"}");

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldTellWhatPlayersAreTold() throws Exception {
        OpenNode open = new OpenNode(folder);
        int port = freePort();
        String by = "{node=\"127.0.0.1:" + port + "\"";
        try (NodeProcess node = open.start(port, true);
                ChildGateway gateway =
                        ChildGateway.start(port, folder.resolve("one"), open.key())) {
            URI at = gateway.awaitAddress();
            awaitHealth(at, 200);
            assertThat(read(at))
                    .containsEntry("horizon_gateway_sessions", 0.0)
                    .containsEntry("horizon_gateway_logins_total", 0.0)
                    .containsEntry("horizon_gateway_age_seconds_count", 0.0)
                    .containsEntry("horizon_gateway_node_there" + by + "}", 1.0);

            HorizonClient ada = HorizonClient.connect(at, "Ada", HorizonClient.ticket(at, "Ada"));
            ada.send("ship", "take", "{}");
            await(
                    "something of all",
                    () -> MOVING.stream().allMatch(name -> read(at).get(name) > 0));
            Map<String, Double> before = read(at);
            OpenNode.add(ada, 1);
            await(
                    "all figures to move",
                    () -> {
                        Map<String, Double> now = read(at);
                        return MOVING.stream().allMatch(name -> now.get(name) > before.get(name));
                    });

            Map<String, Double> now = read(at);
            assertThat(now)
                    .containsEntry("horizon_gateway_sessions", 1.0)
                    .containsEntry("horizon_gateway_logins_total", 1.0)
                    .containsEntry("horizon_gateway_faults_total", 0.0)
                    .containsKeys(
                            "horizon_gateway_queued_bytes",
                            "horizon_gateway_queued_bytes_max",
                            "horizon_gateway_commands_waiting",
                            "horizon_gateway_inputs_waiting",
                            "horizon_gateway_frames_dropped_total",
                            "horizon_gateway_left_out_total",
                            "horizon_gateway_gaps_total",
                            "horizon_gateway_nothing_new_total",
                            "horizon_gc_seconds_total{collector=\"Copy\"}");
            for (String name : LEVELS) {
                assertThat(now.get(name)).as(name).isPositive();
            }
            assertThat(now.get("horizon_gateway_near_bytes_out_total"))
                    .isLessThanOrEqualTo(now.get("horizon_gateway_bytes_out_total"));
            assertThat(now.get("horizon_gateway_age_seconds_bucket{le=\"+Inf\"}"))
                    .as("every tick that was told has an age, once for the one who was told")
                    .isEqualTo(now.get("horizon_gateway_age_seconds_count"));
            assertThat(now.get("horizon_gateway_node_tick" + by + "}")).isPositive();
            String close = by + ",tier=\"CLOSE\"}";
            assertThat(now.get("horizon_gateway_received_frames_total" + close)).isPositive();
            assertThat(now.get("horizon_gateway_received_bytes_total" + close))
                    .isGreaterThan(
                            now.get("horizon_gateway_received_unneeded_bytes_total" + close));
            ada.close();
        }
    }

    private Map<String, Double> read(URI at) {
        try {
            HttpRequest request = HttpRequest.newBuilder(at.resolve("/metrics")).build();
            HttpResponse<String> page = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            return page.body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(
                            Collectors.toMap(
                                    line -> line.substring(0, line.lastIndexOf(' ')),
                                    line ->
                                            Double.valueOf(
                                                    line.substring(line.lastIndexOf(' ') + 1))));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
