package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.standby.StandbyLink;
import dev.horizon.tools.live.Api;
import dev.horizon.tools.live.ApiAnswer;
import dev.horizon.tools.live.ApiRequest;
import dev.horizon.tools.live.LiveApi;
import dev.horizon.tools.live.OperatorToken;
import dev.horizon.tools.live.StandbyMetrics;
import dev.horizon.tools.live.StandbyStatus;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** The HTTP API of a standby, until it takes over. */
final class StandbyApi implements Api {
    private final Supplier<StandbyStatus> status;
    private final StandbyLink link;
    private final OperatorToken token;
    private final String starSystem;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();

    StandbyApi(
            Supplier<StandbyStatus> status,
            StandbyLink link,
            OperatorToken token,
            String starSystem) {
        this.status = status;
        this.link = link;
        this.token = token;
        this.starSystem = starSystem;
        StandbyMetrics.register(registry, status);
    }

    @Override
    public ApiAnswer handle(ApiRequest request) {
        return switch (request.path()) {
            case "/health" -> health();
            case "/metrics" ->
                    ApiAnswer.text(200, PrometheusTextFormatWriter.CONTENT_TYPE, exposition());
            case LiveApi.STANDBY -> ApiAnswer.json(status.get());
            case LiveApi.PROMOTE -> promote(request);
            default ->
                    ApiAnswer.problem(
                            503,
                            "HZ-STB-011",
                            "this is a standby, which answers "
                                    + LiveApi.STANDBY
                                    + ", /health and /metrics until it takes over");
        };
    }

    /** Well is a standby that could take over; ready for players is none. */
    private ApiAnswer health() {
        StandbyStatus now = status.get();
        return ApiAnswer.json(
                503,
                Map.of(
                        "healthy", now.attached(),
                        "role", "standby",
                        "tick", now.verifiedTick(),
                        "starSystem", starSystem,
                        "standby", now.stage()));
    }

    private ApiAnswer promote(ApiRequest request) {
        if (!request.method().equals("POST")) {
            return ApiAnswer.problem(405, "HZ-API-001", request.path() + " takes POST alone");
        }
        if (!token.permits(request.authorization())) {
            return token.refusal();
        }
        try {
            link.takeOver(Boolean.parseBoolean(request.parameter("gone", "false")));
            return ApiAnswer.json(Map.of("answer", "the standby takes over"));
        } catch (HorizonException e) {
            return ApiAnswer.problem(400, e.code(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ApiAnswer.problem(503, "HZ-API-004", "the standby is stopping");
        }
    }

    private String exposition() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory refused bytes", e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
