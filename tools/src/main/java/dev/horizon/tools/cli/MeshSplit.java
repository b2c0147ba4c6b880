package dev.horizon.tools.cli;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.net.client.Trust;
import dev.horizon.tools.node.MeshOperator;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code mesh split}: through the middle of what moves in a region. */
final class MeshSplit {
    private static final String AXES = "xyz";

    /** Of a node's answer, which has 256 KB at most: a sample of its entities. */
    private static final int SAMPLE_MAX = 100_000;

    private final MeshOperator operator;

    MeshSplit(MeshOperator operator) {
        this.operator = operator;
    }

    /**
     * Cuts a region in two.
     *
     * @param axis x, y or z; null for the one along which it has the most
     * @param at metres; null for the median of what moves in the region
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
        List<double[]> places = places(owner(view, region), region);
        int along = axis == null ? widest(places) : index(axis);
        double median = sorted(places, along)[places.size() / 2];
        return operator.split(region, along, at == null ? median : at)
                + " (cut at %c = %.0f m, through the middle of %d that move)"
                        .formatted(AXES.charAt(along), at == null ? median : at, places.size());
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
                                "nobody has region %d whose pages can be asked for what moves there: name the place with --axis and --at"
                                        .formatted(region.id())));
    }

    private static List<double[]> places(NodeEntry owner, Region region) {
        JsonNode answer =
                new NodeClient(URI.create(owner.pages()), Trust.standard())
                        .get(
                                "/api/query?limit="
                                        + SAMPLE_MAX
                                        + "&where="
                                        + NodeClient.encode("Motion and Position"));
        List<double[]> places = new ArrayList<>();
        for (JsonNode entity : answer.path("entities")) {
            JsonNode position = entity.path("components").path("Position");
            double x = position.path("x").asDouble();
            double y = position.path("y").asDouble();
            double z = position.path("z").asDouble();
            if (!position.isMissingNode() && region.contains(x, y, z)) {
                places.add(new double[] {x, y, z});
            }
        }
        if (places.isEmpty()) {
            throw new HorizonException(
                    "HZ-MESH-032",
                    "nothing moves in region %d: name the place with --axis and --at"
                            .formatted(region.id()));
        }
        return places;
    }

    /** Between the quarters, so that one that is far off counts for nothing. */
    private static int widest(List<double[]> places) {
        int widest = 0;
        double most = -1;
        for (int axis = 0; axis < AXES.length(); axis++) {
            double[] sorted = sorted(places, axis);
            double spread = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
            if (spread > most) {
                most = spread;
                widest = axis;
            }
        }
        return widest;
    }

    private static double[] sorted(List<double[]> places, int axis) {
        double[] sorted = places.stream().mapToDouble(each -> each[axis]).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
