package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.balance.LoadCut;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.net.client.Trust;
import dev.horizon.tools.node.MeshOperator;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * {@code mesh split}: through the middle of a region's load, as its node counts it, or as near to
 * it as groups stay together.
 */
final class MeshSplit {
    private static final String AXES = "xyz";

    private final MeshOperator operator;
    private final int slackPercent;

    /**
     * Of the load that could go, the slack is what a part may be off its half.
     *
     * @throws HorizonException HZ-MESH-032 for a slack that isn't 0 to 50
     */
    MeshSplit(MeshOperator operator, int slackPercent) {
        this.operator = operator;
        this.slackPercent = slackPercent;
        if (slackPercent < 0 || slackPercent > 100 * LoadCut.SLACK_MAX) {
            throw new HorizonException(
                    "HZ-MESH-032",
                    "--slack is %d: give 0 to %.0f percent of the load"
                            .formatted(slackPercent, 100 * LoadCut.SLACK_MAX));
        }
    }

    /**
     * Cuts a region in two.
     *
     * @param axis x, y or z; null for the one across which the fewest are seen
     * @param at metres; null for the median of the load, or where near it the fewest are seen
     * @return what came of it
     * @throws HorizonException HZ-MESH-029 for a region that isn't there, HZ-MESH-032 when it can't
     *     be cut there
     */
    String run(int id, @Nullable String starSystem, @Nullable String axis, @Nullable Double at)
            throws InterruptedException {
        MeshView view = operator.view();
        Region region = MeshMoves.region(view, id, starSystem);
        if (axis != null && at != null) {
            return operator.split(region, index(axis), at);
        }
        JsonNode cuts = cuts(owner(view, region), region);
        JsonNode cut =
                axis == null ? cuts.path("cuts").path(0) : along(cuts.path("cuts"), index(axis));
        if (cut.isMissingNode()) {
            throw new HorizonException(
                    "HZ-MESH-032",
                    "nothing in region %d could go to another node, or all of it is at one place: name the place with --axis and --at"
                            .formatted(region.id()));
        }
        int along = cut.path("axis").asInt();
        double median = cut.path("at").asDouble();
        return operator.split(region, along, at == null ? median : at) + words(cuts, cut, at);
    }

    private static String words(JsonNode cuts, JsonNode cut, @Nullable Double at) {
        char axis = AXES.charAt(cut.path("axis").asInt());
        return at == null
                ? " (cut at %c = %.0f m: above are %d of %d entities and %.0f %% of the load; %d are seen across it, %d at half of the load)"
                        .formatted(
                                axis,
                                cut.path("at").asDouble(),
                                cut.path("upper").asInt(),
                                cuts.path("entities").asInt() + cuts.path("held").asInt(),
                                100 * cut.path("upperShare").asDouble(),
                                cut.path("ghosts").asInt(),
                                half(cuts, cut).path("ghosts").asInt())
                : " (cut at %c = %.0f m)".formatted(axis, at);
    }

    /** Where the same axis is cut without slack. */
    private static JsonNode half(JsonNode cuts, JsonNode cut) {
        return along(cuts.path("halves"), cut.path("axis").asInt());
    }

    private static JsonNode along(JsonNode cuts, int axis) {
        for (JsonNode each : cuts) {
            if (each.path("axis").asInt() == axis) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    private static int index(String axis) {
        int index = axis.length() == 1 ? AXES.indexOf(axis.toLowerCase(Locale.ROOT)) : -1;
        if (index < 0) {
            throw new HorizonException("HZ-MESH-032", "'" + axis + "' is no axis: x, y or z");
        }
        return index;
    }

    private static NodeEntry owner(MeshView view, Region region) {
        long owner =
                view.regions().stream()
                        .filter(each -> each.region().equals(region))
                        .mapToLong(RegionEntry::owner)
                        .sum();
        return view.nodes().stream()
                .filter(each -> each.home() == owner && !each.pages().isEmpty())
                .findFirst()
                .orElseThrow(() ->
                        new HorizonException(
                                "HZ-MESH-032",
                                "nobody has region %d whose pages can be asked where its load is: name the place with --axis and --at"
                                        .formatted(region.id())));
    }

    private JsonNode cuts(NodeEntry owner, Region region) {
        String box =
                Stream.of(
                                "min-x=" + region.minX(),
                                "min-y=" + region.minY(),
                                "min-z=" + region.minZ(),
                                "max-x=" + region.maxX(),
                                "max-y=" + region.maxY(),
                                "max-z=" + region.maxZ(),
                                "slack=" + slackPercent / 100.0)
                        .collect(Collectors.joining("&"));
        return new NodeClient(URI.create(owner.pages()), Trust.standard()).get("/api/cut?" + box);
    }
}
