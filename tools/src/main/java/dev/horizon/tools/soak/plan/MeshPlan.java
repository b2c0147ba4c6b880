package dev.horizon.tools.soak.plan;

import dev.horizon.engine.plugin.Default;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.mesh.MeshLayout;
import dev.horizon.tools.mesh.MeshPart;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The mesh of processes that is soaked, as {@code horizon mesh up} makes one.
 *
 * @param nodes that share the first star system; 0 for no mesh
 * @param gateways that players come through, each the next
 * @param coordinators members of the coordinator
 * @param systems further star systems, each with a node of its own and gates to the next
 * @param middle the x of the ring of which each node has an equal share: of two nodes, that of the
 *     border between them; metres
 * @param radius of that ring, metres
 */
public record MeshPlan(
        @Default("0") int nodes,
        @Default("1") int gateways,
        @Default("1") int coordinators,
        List<String> systems,
        @Default("0") double middle,
        @Default("1500000") double radius) {
    /** The process of a fault: whichever member of the coordinator leads at that moment. */
    public static final String LEADER = "leader";

    private static final String FIRST_SYSTEM = "sol";

    /** Any that a layout takes, where only its names are asked for. */
    private static final int SOME_PORT = 10_000;

    /** Refuses what can't be. */
    public MeshPlan {
        SoakPlan.require(
                nodes != 0 || gateways == 1 && coordinators == 1 && systems.isEmpty(),
                "a mesh has nodes: write nodes = 2");
        SoakPlan.require(gateways >= 1, "gateways = " + gateways + ": players come through one");
        systems = List.copyOf(systems);
        if (nodes != 0) {
            try {
                layout(
                        Path.of(""),
                        SOME_PORT,
                        systems,
                        nodes,
                        gateways,
                        coordinators,
                        middle,
                        radius);
            } catch (HorizonException e) {
                throw new IllegalArgumentException("no mesh can be so: " + e.getMessage(), e);
            }
        }
    }

    /** False for a node alone. */
    public boolean isThere() {
        return nodes != 0;
    }

    /**
     * Where its processes and files are.
     *
     * @param port the first of {@link MeshLayout#PORTS} in a row
     */
    public MeshLayout layout(Path folder, int port) {
        return layout(folder, port, systems, nodes, gateways, coordinators, middle, radius);
    }

    private static MeshLayout layout(
            Path folder,
            int port,
            List<String> systems,
            int nodes,
            int gateways,
            int coordinators,
            double middle,
            double radius) {
        return new MeshLayout(
                folder,
                Stream.concat(Stream.of(FIRST_SYSTEM), systems.stream()).toList(),
                nodes,
                gateways,
                coordinators,
                port,
                middle,
                radius);
    }

    /** The name of its first node. */
    public String firstNode() {
        return processes().get(coordinators);
    }

    /** What a fault may name. */
    List<String> processes() {
        Stream<String> parts = layout(Path.of(""), SOME_PORT).parts().stream().map(MeshPart::name);
        return Stream.concat(parts, Stream.of(LEADER)).toList();
    }

    /** The x of each border between nodes of the first star system. */
    public List<Double> borders() {
        MeshLayout layout = layout(Path.of(""), SOME_PORT);
        return Stream.iterate(1, i -> i < nodes, i -> i + 1).map(layout::cut).toList();
    }

    /** In words, for reports. */
    public String text() {
        return "%s, %s, %s of the coordinator%s"
                .formatted(
                        count(nodes + systems.size(), "node"),
                        count(gateways, "gateway"),
                        count(coordinators, "member"),
                        systems.isEmpty() ? "" : ", " + (1 + systems.size()) + " star systems");
    }

    private static String count(int many, String of) {
        return many + " " + of + (many == 1 ? "" : "s");
    }
}
