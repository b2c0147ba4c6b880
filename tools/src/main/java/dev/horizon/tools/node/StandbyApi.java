package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.standby.StandbyLink;
import dev.horizon.tools.live.Api;
import dev.horizon.tools.live.ApiAnswer;
import dev.horizon.tools.live.ApiRequest;
import dev.horizon.tools.live.Exposition;
import dev.horizon.tools.live.LiveApi;
import dev.horizon.tools.live.OperatorToken;
import dev.horizon.tools.live.StandbyMetrics;
import dev.horizon.tools.live.StandbyStatus;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.Supplier;

/** The HTTP API of a standby, until it takes over. */
final class StandbyApi implements Api {
    private final Supplier<StandbyStatus> status;
    private final StandbyLink link;
    private final OperatorToken token;
    private final String starSystem;
    private final PrometheusRegistry registry = new PrometheusRegistry();

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
                    ApiAnswer.text(200, Exposition.CONTENT_TYPE, Exposition.of(registry));
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
}
