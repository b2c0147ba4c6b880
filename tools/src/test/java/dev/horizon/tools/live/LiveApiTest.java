package dev.horizon.tools.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveApiTest {
    @TempDir Path folder;
    private final FakeNode node = new FakeNode();
    private OperatorToken token = new OperatorToken(Path.of("none"), "");
    private LiveApi api = new LiveApi(node, token, FakeNode::why);

    @BeforeEach
    void makeToken() {
        token = OperatorToken.in(folder);
        api = new LiveApi(node, token, FakeNode::why);
    }

    @Test
    void shouldFindEntitiesByCondition() {
        ApiAnswer answer = get("/api/query", Map.of("where", "Hull.points < 10"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).contains("1:42").doesNotContain("1:43");
    }

    @Test
    void shouldSuggestComponent() {
        ApiAnswer answer = get("/api/query", Map.of("where", "Hul.points < 10"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains("HZ-API-007", "did you mean 'Hull'");
    }

    @Test
    void shouldRefuseLimitOutOfBounds() {
        assertThat(get("/api/query", Map.of("where", "Hull", "limit", "0")).status())
                .isEqualTo(400);
        assertThat(text(get("/api/query", Map.of("where", "Hull", "limit", "many"))))
                .contains("HZ-API-002");
    }

    @Test
    void shouldSayWhereARegionIsToBeCut() {
        Map<String, String> box =
                Map.of(
                        "min-x", "0", "min-y", "-1", "min-z", "-1", "max-x", "4e3", "max-y", "1",
                        "max-z", "1");
        ApiAnswer answer = get("/api/cut", box);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer))
                .contains("\"entities\":2", "\"held\":1", "\"axis\":0", "2000.0", "\"ghosts\":1")
                .doesNotContain("\"axis\":1");
        Map<String, String> slack = new HashMap<>(box);
        slack.put("slack", "0.7");
        assertThat(get("/api/cut", slack).status()).isEqualTo(400);
        assertThat(text(get("/api/cut", slack))).contains("HZ-API-002", "slack is 0.7");
        ApiAnswer without = get("/api/cut", Map.of());
        assertThat(without.status()).isEqualTo(400);
        assertThat(text(without)).contains("HZ-API-002", "min-x is missing");
    }

    @Test
    void shouldSayWhyAClientHoldsAnEntity() {
        ApiAnswer answer = get("/api/why", Map.of("player", "Ada", "entity", "1:42", "tick", "6"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer))
                .contains("\"entity\"", "1:42", "CLOSE_BUDGET", "MEDIUM", "812.5", "\"tick\"");
        assertThat(text(get("/api/why", Map.of("player", "Bob", "entity", "1:42"))))
                .contains("HZ-GW-044");
        assertThat(get("/api/why", Map.of("player", "Ada", "entity", "?")).status()).isEqualTo(400);
        assertThat(
                        get("/api/why", Map.of("player", "Ada", "entity", "1:42", "tick", "now"))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void shouldTellMissingEntityFromBadId() {
        assertThat(get("/api/entities/1:42", Map.of()).status()).isEqualTo(200);
        assertThat(get("/api/entities/1:44", Map.of()).status()).isEqualTo(404);
        assertThat(get("/api/entities/nonsense", Map.of()).status()).isEqualTo(400);
    }

    @Test
    void shouldBeUnavailableWhenTicksDoNotReachSubscribers() {
        assertThat(get("/health", Map.of()).status()).isEqualTo(200);

        node.healthy = false;

        assertThat(get("/health", Map.of()).status()).isEqualTo(503);
    }

    @Test
    void shouldExposeFiguresToPrometheus() {
        String text = text(get("/metrics", Map.of()));

        assertThat(text)
                .contains(
                        "horizon_tick 7.0",
                        "horizon_players 3.0",
                        "horizon_tick_seconds{quantile=\"0.99\"} 0.004",
                        "horizon_frame_bytes_total{tier=\"CLOSE\"} 64000.0",
                        "horizon_system_quarantined{system=\"sol/weapons\"} 1.0");
    }

    @Test
    void shouldTellWhatTheProcessTakes() {
        String text = text(get("/metrics", Map.of()));

        assertThat(text)
                .contains(
                        "horizon_tick_seconds{quantile=\"0.999\"} 0.006",
                        "horizon_loop_total{what=\"ticks-skipped\"} 2.0",
                        "horizon_gc_seconds_total{collector=");
        for (String name :
                List.of(
                        "horizon_heap_used_bytes",
                        "horizon_metaspace_bytes",
                        "horizon_allocated_bytes_total",
                        "horizon_cpu_seconds_total",
                        "horizon_open_files",
                        "horizon_threads",
                        "horizon_resident_bytes")) {
            assertThat(text.lines().filter(line -> line.startsWith(name + " ")))
                    .singleElement()
                    .extracting(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .satisfies(value -> assertThat(value).as(name).isPositive());
        }
    }

    @Test
    void shouldTellWhatEveryTickTook() {
        assertThat(text(get("/api/ticks", Map.of())).replaceAll("\\s", ""))
                .contains("\"tick\":7", "\"budgetMicros\":50000", ",6],[", ",1]]");
    }

    @Test
    void shouldRunCommandWithTokenAlone() {
        assertThat(command("").status()).isEqualTo(401);
        assertThat(command("Bearer 00").status()).isEqualTo(401);

        ApiAnswer answer = command("Bearer " + token.secret());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).contains("spawned [miner, 3]");
    }

    @Test
    void shouldKeepTokenForItsOwnerAlone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token.file())))
                .isEqualTo("rw-------");
        assertThat(OperatorToken.in(folder)).isEqualTo(token);
        assertThat(token.toString()).doesNotContain(token.secret());
    }

    @Test
    void shouldSayWhichMethodAPathTakes() {
        assertThat(api.handle(new ApiRequest("POST", "/api/status", Map.of(), "", "")).status())
                .isEqualTo(405);
    }

    private ApiAnswer command(String authorization) {
        return api.handle(
                new ApiRequest(
                        "POST", "/api/command", Map.of(), authorization, "sol:spawn miner 3"));
    }

    private ApiAnswer get(String path, Map<String, String> parameters) {
        return api.handle(new ApiRequest("GET", path, parameters, "", ""));
    }

    private static String text(ApiAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
