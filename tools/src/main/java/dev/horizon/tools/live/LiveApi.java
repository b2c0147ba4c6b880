package dev.horizon.tools.live;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.query.Condition;
import dev.horizon.engine.query.ConditionParser;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.balance.LoadCut;
import dev.horizon.net.edge.Why;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of a node, apart from any web server. Called on threads that may wait, never on an
 * event loop.
 */
public final class LiveApi implements Api {
    static final String COMMAND = "/api/command";
    static final String PLUGIN = "/api/plugin";

    /** How a node, or its standby, does. */
    public static final String STANDBY = "/api/standby";

    /** Lets go of the standby; {@code ?gone=true} vouches that it is gone. */
    public static final String DETACH = "/api/standby/detach";

    /** Has the standby take over; {@code ?gone=true} vouches that the node is gone. */
    public static final String PROMOTE = "/api/standby/promote";

    private static final List<String> POSTED = List.of(COMMAND, PLUGIN, DETACH, PROMOTE);

    /** Every path that it answers; a web server routes these and what is below them. */
    public static final List<String> PATHS =
            List.of(
                    "/health",
                    "/metrics",
                    "/api/status",
                    "/api/ticks",
                    "/api/systems",
                    "/api/channels",
                    "/api/plugins",
                    "/api/events",
                    "/api/components",
                    "/api/entities/",
                    "/api/query",
                    "/api/why",
                    "/api/cut",
                    COMMAND,
                    "/api/commands",
                    PLUGIN,
                    STANDBY,
                    DETACH,
                    PROMOTE);

    /** A tick that doesn't come in this time is an outage. */
    private static final int ANSWER_SECONDS_MAX = 5;

    /** Another version may be tried out before it runs. */
    private static final int PLUGIN_SECONDS_MAX = 60;

    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 10_000;
    private static final String ENTITIES = "/api/entities/";

    private final LiveNode node;
    private final OperatorToken token;
    private final WhySource whys;
    private final NodeMetrics metrics;

    /** The API of a node and its gateway; commands need the token. */
    public LiveApi(LiveNode node, OperatorToken token, WhySource whys) {
        this.node = node;
        this.token = token;
        this.whys = whys;
        this.metrics = new NodeMetrics(node);
    }

    @Override
    public ApiAnswer handle(ApiRequest request) {
        try {
            String wanted = isPost(request.path()) ? "POST" : "GET";
            return request.method().equals(wanted)
                    ? route(request)
                    : ApiAnswer.problem(
                            405, "HZ-API-001", request.path() + " takes " + wanted + " alone");
        } catch (HorizonException e) {
            int status = e.code().equals("HZ-API-008") ? 401 : 400;
            return ApiAnswer.problem(status, e.code(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return ApiAnswer.problem(400, "HZ-API-002", String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return ApiAnswer.problem(
                    503,
                    "HZ-API-003",
                    "no tick answered within " + ANSWER_SECONDS_MAX + " s; look at /health");
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ApiAnswer.problem(503, "HZ-API-004", "the node is stopping");
        }
    }

    private ApiAnswer route(ApiRequest request)
            throws ExecutionException, InterruptedException, TimeoutException {
        String path = request.path();
        if (path.startsWith(ENTITIES)) {
            return entity(path.substring(ENTITIES.length()));
        }
        return switch (path) {
            case "/health" -> health();
            case "/metrics" -> ApiAnswer.text(200, Exposition.CONTENT_TYPE, metrics.exposition());
            case "/api/status" -> ApiAnswer.json(node.status());
            case "/api/ticks" -> ApiAnswer.json(node.tickTimes());
            case "/api/systems" -> ApiAnswer.json(Map.of("systems", node.systems()));
            case "/api/channels" ->
                    ApiAnswer.json(
                            Map.of("tiers", node.tiers(), "busiest", node.busiestChannels()));
            case "/api/plugins" -> ApiAnswer.json(Map.of("plugins", node.plugins()));
            case "/api/commands" -> ApiAnswer.json(Map.of("commands", node.commands()));
            case "/api/events" -> ApiAnswer.json(Map.of("events", node.events()));
            case "/api/components" -> ApiAnswer.json(node.components());
            case "/api/query" -> query(request);
            case "/api/why" -> why(request);
            case "/api/cut" -> cut(request);
            case STANDBY -> ApiAnswer.json(node.standby());
            case DETACH -> detach(request);
            case PROMOTE ->
                    ApiAnswer.problem(
                            400, "HZ-STB-011", "this is a node that ticks, not a standby");
            case COMMAND -> command(request);
            case PLUGIN -> plugin(request);
            default ->
                    ApiAnswer.problem(404, "HZ-API-005", "nothing at " + path + "; try " + PATHS);
        };
    }

    private ApiAnswer health() {
        NodeStatus status = node.status();
        Map<String, Object> body =
                Map.of(
                        "healthy", status.healthy(),
                        "tick", status.tick(),
                        "starSystem", status.starSystem(),
                        "overload", status.overload().step(),
                        "timeRate", status.overload().timeRate(),
                        "standby", node.standby().stage());
        return ApiAnswer.json(status.healthy() ? 200 : 503, body);
    }

    private ApiAnswer entity(String text)
            throws ExecutionException, InterruptedException, TimeoutException {
        @Nullable EntityStatus found = await(node.entity(EntityId.parse(text)));
        return found == null
                ? ApiAnswer.problem(404, "HZ-API-006", "no entity " + text + " is alive here")
                : ApiAnswer.json(found);
    }

    private ApiAnswer query(ApiRequest request)
            throws ExecutionException, InterruptedException, TimeoutException {
        Condition condition = ConditionParser.parse(request.parameter("where", ""));
        List<String> known = node.components().stream().map(ComponentStatus::name).toList();
        for (String component : condition.components()) {
            if (!known.contains(component)) {
                throw new HorizonException(
                        "HZ-API-007", UnknownComponent.message(component, known));
            }
        }
        int limit = Integer.parseInt(request.parameter("limit", "" + LIMIT_DEFAULT));
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit is " + limit + "; use 1 to " + LIMIT_MAX);
        }
        return ApiAnswer.json(Map.of("entities", await(node.query(condition, limit))));
    }

    private ApiAnswer why(ApiRequest request)
            throws ExecutionException, InterruptedException, TimeoutException {
        String player = request.parameter("player", "");
        EntityId entity = EntityId.parse(request.parameter("entity", ""));
        long tick = Long.parseLong(request.parameter("tick", "" + Long.MAX_VALUE));
        Why why = await(whys.why(player, entity, tick));
        return ApiAnswer.json(WhyStatus.of(player, entity.toString(), why));
    }

    private ApiAnswer cut(ApiRequest request)
            throws ExecutionException, InterruptedException, TimeoutException {
        Region region =
                new Region(
                        1,
                        node.status().starSystem(),
                        1,
                        metres(request, "min-x"),
                        metres(request, "min-y"),
                        metres(request, "min-z"),
                        metres(request, "max-x"),
                        metres(request, "max-y"),
                        metres(request, "max-z"));
        double slack = slack(request);
        return ApiAnswer.json(CutStatus.of(await(node.costs(region)), slack));
    }

    private static double slack(ApiRequest request) {
        double slack = Double.parseDouble(request.parameter("slack", "" + LoadCut.SLACK));
        if (!(slack >= 0 && slack <= LoadCut.SLACK_MAX)) {
            throw new IllegalArgumentException(
                    "slack is "
                            + slack
                            + "; give 0 to "
                            + LoadCut.SLACK_MAX
                            + ", a share of the load");
        }
        return slack;
    }

    private static double metres(ApiRequest request, String name) {
        double metres = Double.parseDouble(request.parameter(name, "NaN"));
        if (Double.isNaN(metres)) {
            throw new IllegalArgumentException(
                    name + " is missing: a region has min-x to max-z, in metres");
        }
        return metres;
    }

    private ApiAnswer detach(ApiRequest request) throws InterruptedException {
        requireToken(request);
        node.detachStandby(Boolean.parseBoolean(request.parameter("gone", "false")));
        return ApiAnswer.json(Map.of("answer", "the node goes on without a standby"));
    }

    private ApiAnswer command(ApiRequest request)
            throws ExecutionException, InterruptedException, TimeoutException {
        requireToken(request);
        List<String> words = Arrays.stream(request.body().strip().split("\\s+")).toList();
        String answer = await(node.command(words.getFirst(), words.subList(1, words.size())));
        return ApiAnswer.json(Map.of("answer", answer));
    }

    /** The verb, then jars or names, each on a line of its own: a path may have spaces. */
    private ApiAnswer plugin(ApiRequest request)
            throws ExecutionException, InterruptedException, TimeoutException {
        requireToken(request);
        List<String> lines = request.body().strip().lines().toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("say load, reload, disable or enable, and what");
        }
        String answer =
                node.plugin(lines.getFirst(), lines.subList(1, lines.size()))
                        .get(PLUGIN_SECONDS_MAX, TimeUnit.SECONDS);
        return ApiAnswer.json(Map.of("answer", answer));
    }

    static boolean isPost(String path) {
        return POSTED.contains(path);
    }

    private void requireToken(ApiRequest request) {
        if (!token.permits(request.authorization())) {
            throw new HorizonException(
                    "HZ-API-008",
                    "commands need 'Authorization: Bearer TOKEN' with the token in "
                            + token.file());
        }
    }

    private static ApiAnswer failed(Throwable cause) {
        return switch (cause) {
            case HorizonException coded ->
                    ApiAnswer.problem(400, coded.code(), String.valueOf(coded.getMessage()));
            case IllegalArgumentException bad ->
                    ApiAnswer.problem(400, "HZ-API-002", String.valueOf(bad.getMessage()));
            default -> ApiAnswer.problem(500, "HZ-API-009", "the node failed to answer: " + cause);
        };
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
