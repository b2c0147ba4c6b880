package dev.horizon.tools.timeline;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.archive.TapeHeader;
import dev.horizon.net.gateway.HttpCall;
import dev.horizon.net.gateway.HttpReply;
import dev.horizon.net.gateway.HttpRoute;
import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Entities.Change;
import dev.horizon.net.replay.Entities.Shown;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.TapeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** One tape or two side by side, as the page asks for them. Thread-safe. */
public final class TimelineApi implements AutoCloseable {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    /** Differences that are named; more light up nothing that can be told apart. */
    private static final int DIFFERENCES_MAX = 5_000;

    private final List<Side> sides;

    /**
     * Opens them.
     *
     * @param other to be shown beside it; null for none
     */
    public TimelineApi(TapeSource tape, @Nullable TapeSource other) {
        sides = other == null ? List.of(new Side(tape)) : List.of(new Side(tape), new Side(other));
    }

    /** What answers the page. */
    public List<HttpRoute> routes() {
        return List.of(
                HttpRoute.get("/api/tape", call -> json(tape())),
                HttpRoute.get(
                        "/api/frame",
                        call ->
                                new HttpReply(
                                        200,
                                        "application/octet-stream",
                                        side(call).frame(tick(call)),
                                        Map.of())),
                HttpRoute.get("/api/things", call -> json(side(call).things(tick(call)))),
                HttpRoute.get("/api/tick", call -> json(side(call).summary(tick(call)))),
                HttpRoute.get(
                        "/api/entity",
                        call ->
                                json(
                                        Map.of(
                                                "components",
                                                side(call).entity(tick(call), id(call))))),
                HttpRoute.get(
                        "/api/plot",
                        call ->
                                json(
                                        side(call)
                                                .plot(
                                                        id(call),
                                                        number(call, "from"),
                                                        number(call, "to")))),
                HttpRoute.get("/api/differences", call -> json(differences(tick(call)))));
    }

    private Map<String, Object> tape() {
        Map<String, Object> tape = new LinkedHashMap<>();
        tape.put("sides", sides.stream().map(TimelineApi::describe).toList());
        return tape;
    }

    private static Map<String, Object> describe(Side side) {
        TapeHeader header = side.source().file().header();
        TapeSetup setup = side.rerun().setup();
        Map<String, Object> tape = new LinkedHashMap<>();
        tape.put("tape", side.source().file().recordingId());
        tape.put("starSystem", header.starSystem());
        tape.put("build", header.build());
        tape.put("seed", Long.toUnsignedString(header.seed()));
        tape.put("tickHz", setup.tick().tickHz());
        tape.put("plugins", setup.plugins());
        tape.put("firstTick", side.index().firstTick());
        tape.put("lastTick", side.index().lastTick());
        tape.put("overview", Overview.of(side.index(), setup.tick().tickHz()));
        return tape;
    }

    private Map<String, Object> differences(long tick) {
        if (sides.size() < 2) {
            return Map.of("entities", List.of(), "components", List.of());
        }
        Map<String, Long> left = sides.getFirst().columns(tick);
        Map<String, Long> right = sides.getLast().columns(tick);
        Set<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        names.removeIf(name -> left.getOrDefault(name, 0L).equals(right.getOrDefault(name, 0L)));
        List<String> components = List.copyOf(names);
        Map<Long, Shown> one = sides.getFirst().having(tick, components);
        Map<Long, Shown> other = sides.getLast().having(tick, components);
        Map<String, Set<String>> entities = new TreeMap<>();
        for (Change change : Entities.difference(one, other, DIFFERENCES_MAX)) {
            entities.computeIfAbsent(change.entity().toString(), key -> new TreeSet<>())
                    .add(change.component());
        }
        return Map.of("entities", entities, "components", components);
    }

    private Side side(HttpCall call) {
        String side = call.parameter("side");
        int number = side == null ? 0 : (int) number(call, "side");
        if (number < 0 || number >= sides.size()) {
            throw new HorizonException(
                    "HZ-API-002", "side is " + number + "; there is 0 to " + (sides.size() - 1));
        }
        return sides.get(number);
    }

    private static long tick(HttpCall call) {
        return number(call, "tick");
    }

    private static EntityId id(HttpCall call) {
        try {
            return EntityId.parse(String.valueOf(call.parameter("id")));
        } catch (IllegalArgumentException e) {
            throw new HorizonException("HZ-API-002", String.valueOf(e.getMessage()), e);
        }
    }

    private static long number(HttpCall call, String name) {
        try {
            return Long.parseLong(String.valueOf(call.parameter(name)));
        } catch (NumberFormatException e) {
            throw new HorizonException("HZ-API-002", name + " must be a whole number", e);
        }
    }

    private static HttpReply json(Object value) {
        return HttpReply.json(JSON.writeValueAsString(value));
    }

    @Override
    public void close() {
        CloseHelper.closeAll(sides);
    }
}
