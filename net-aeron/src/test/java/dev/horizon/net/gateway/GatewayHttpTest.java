package dev.horizon.net.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayHttpTest {
    @TempDir private static Path folder;
    private static final CountDownLatch HELD = new CountDownLatch(1);
    private static GatewayRig rig;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        rig =
                new GatewayRig(
                        folder,
                        GatewayConfig.defaults(),
                        builder ->
                                builder.route(
                                                HttpRoute.get(
                                                        "/api/echo/*",
                                                        call ->
                                                                HttpReply.text(
                                                                        call.path()
                                                                                + call.parameter(
                                                                                        "q"))))
                                        .route(
                                                HttpRoute.post(
                                                        "/api/shout",
                                                        call ->
                                                                HttpReply.text(
                                                                        call.text().toUpperCase())))
                                        .route(
                                                HttpRoute.get(
                                                        "/api/wrong",
                                                        call -> {
                                                            throw new HorizonException(
                                                                    "HZ-X-001", "no such ship");
                                                        }))
                                        .route(
                                                HttpRoute.get(
                                                        "/api/broken",
                                                        call -> {
                                                            throw new IllegalStateException("x");
                                                        }))
                                        .route(
                                                HttpRoute.get(
                                                        "/api/slow",
                                                        call -> {
                                                            HELD.await();
                                                            return HttpReply.text("done");
                                                        }))
                                        .folder("/pages/", "gateway-test/"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        HELD.countDown();
        rig.close();
        http.close();
    }

    @Test
    void shouldAnswerRoutesOffTheEventLoop() throws Exception {
        var slow = http.sendAsync(request("/api/slow"), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> echo = get("/api/echo/a%20b?q=%2F1");
        assertThat(echo.statusCode()).isEqualTo(200);
        assertThat(echo.body()).isEqualTo("/api/echo/a b/1");
        assertThat(echo.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(slow).isNotDone();
        HELD.countDown();
        assertThat(slow.get().body()).isEqualTo("done");
    }

    @Test
    void shouldAnswerFaultsWithTheirCodes() throws Exception {
        assertThat(get("/api/wrong").statusCode()).isEqualTo(400);
        assertThat(get("/api/wrong").body()).contains("HZ-X-001").contains("no such ship");
        assertThat(get("/api/broken").statusCode()).isEqualTo(500);
        assertThat(get("/api/broken").body()).contains(Refusal.HANDLER_FAILED);
        assertThat(get("/api/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/api/shout").statusCode()).isEqualTo(405);
        assertThat(get("/play").statusCode()).isEqualTo(426);
    }

    @Test
    void shouldRefuseMutationsOfForeignPages() throws Exception {
        HttpResponse<String> foreign = post("http://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.body()).contains(Refusal.ORIGIN);
        assertThat(post(rig.server.toString()).body()).isEqualTo("ABC");
    }

    @Test
    void shouldServeResourcesWithTags() throws Exception {
        HttpResponse<String> page = get("/pages/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("a page of tests");
        assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        String tag = page.headers().firstValue("etag").orElseThrow();
        HttpResponse<String> again =
                http.send(
                        HttpRequest.newBuilder(rig.server.resolve("/pages/index.html"))
                                .header("If-None-Match", tag)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
        HttpResponse<String> sdk = get("/sdk/horizon.js");
        assertThat(sdk.statusCode()).isEqualTo(200);
        assertThat(sdk.headers().firstValue("content-type"))
                .hasValue("text/javascript; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sdk/../secret.txt",
                "/sdk/%2e%2e/%2e%2e/META-INF/MANIFEST.MF",
                "/sdk/..%2fhorizon.js",
                "/sdk/%5c..%5chorizon.js",
                "/sdk//horizon.js",
                "/sdk/.hidden",
                "/sdk/a%00.js",
                "/sdk/%zz",
                "sdk/horizon.js"
            })
    void shouldRefusePathsThatLeadElsewhere(String path) throws IOException {
        try (RawSocket raw = new RawSocket(rig.gateway.port())) {
            raw.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(raw.rest()).contains("400 Bad Request").contains(Refusal.PATH);
        }
    }

    @Test
    void shouldNotServeClassesOrUnknownKinds() throws Exception {
        assertThat(get("/sdk/horizon").statusCode()).isEqualTo(404);
        assertThat(get("/webjars/x.class").statusCode()).isEqualTo(404);
        assertThat(get("/dev/horizon/net/gateway/Gateway.class").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldCheckTheOriginOfPages() throws Exception {
        try (RawSocket evil =
                        new RawSocket(rig.gateway.port())
                                .upgrade("Origin: http://evil.example\r\n");
                RawSocket own =
                        new RawSocket(rig.gateway.port())
                                .upgrade(
                                        "Origin: http://127.0.0.1:" + rig.gateway.port() + "\r\n");
                RawSocket rebound = new RawSocket(rig.gateway.port())) {
            assertThat(evil.rest()).contains("403").contains(Refusal.ORIGIN);
            assertThat(own.head()).contains("101");
            rebound.write("GET /api/ticket?player=Ada HTTP/1.1\r\nHost: evil.example\r\n\r\n");
            assertThat(rebound.rest()).contains("403").doesNotContain("ticket\":");
        }
    }

    @Test
    void shouldIssueTicketsToValidNamesAlone() throws Exception {
        assertThat(get("/api/ticket?player=Ada").statusCode()).isEqualTo(200);
        assertThat(get("/api/ticket?player=%3Cb%3E").statusCode()).isEqualTo(400);
        assertThat(get("/api/ticket").body()).contains(Refusal.PLAYER_NAME);
    }

    @Test
    void shouldCutOffHeadersWithoutEnd() throws IOException {
        try (RawSocket raw = new RawSocket(rig.gateway.port())) {
            raw.write("GET / HTTP/1.1\r\nX: " + "a".repeat(20_000));
            assertThat(raw.rest()).contains("400");
        }
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(rig.server + path)).build();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String origin) throws Exception {
        return http.send(
                HttpRequest.newBuilder(rig.server.resolve("/api/shout"))
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofString("abc"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
