package dev.horizon.tools.mesh;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.cluster.ClusterMembers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a local mesh is made of and where: a function of what was asked for, so that a later start
 * finds the same folders, ports and regions.
 *
 * @param folder of everything that it writes
 * @param starSystems the first is shared by the nodes, each other one has a node of its own; gates
 *     lead from each to the next
 * @param nodes each owns a slab of the first star system across its x axis
 * @param gateways each has all nodes, in the same order
 * @param coordinators members
 * @param port of the page; the others follow it
 * @param middleMetres the x of that ring's middle
 * @param radiusMetres of the ring in which the star system is busiest: each slab has an equal share
 */
public record MeshLayout(
        Path folder,
        List<String> starSystems,
        int nodes,
        int gateways,
        int coordinators,
        int port,
        double middleMetres,
        double radiusMetres) {
    /** Ports from the first on that a mesh may use. */
    public static final int PORTS = 200;

    static final int NODES_MAX = 16;
    static final int GATEWAYS_MAX = 16;
    static final int COORDINATORS_MAX = 5;
    private static final String HOST = "127.0.0.1";

    /** UDP ports of a node's streams. */
    private static final int STREAM_PORTS = 8;

    /** Behind those of the nodes' streams. */
    private static final int MEMBERS_AT = NODES_MAX * STREAM_PORTS;

    private static final int PORT_MAX = 65_535;
    private static final int PORT_MIN = 1024;

    /** The same about the star. */
    public MeshLayout(
            Path folder,
            List<String> starSystems,
            int nodes,
            int gateways,
            int coordinators,
            int port,
            double radiusMetres) {
        this(folder, starSystems, nodes, gateways, coordinators, port, 0, radiusMetres);
    }

    /** Refuses what can't be. */
    public MeshLayout {
        starSystems = List.copyOf(starSystems);
        requireBetween("--nodes", nodes, 1, NODES_MAX);
        requireBetween("--nodes with --systems", nodes + starSystems.size() - 1, 1, NODES_MAX);
        if (Set.copyOf(starSystems).size() < starSystems.size()) {
            throw new HorizonException(
                    "HZ-MESH-040", "star systems " + starSystems + ": give each its own name");
        }
        requireBetween("--gateways", gateways, 0, GATEWAYS_MAX);
        requireBetween("--coordinators", coordinators, 1, COORDINATORS_MAX);
        requireBetween("--port", port, PORT_MIN, PORT_MAX - PORTS);
        if (!(radiusMetres > 0 && radiusMetres < Double.POSITIVE_INFINITY)) {
            throw new HorizonException(
                    "HZ-MESH-040", "--radius is " + radiusMetres + "; give metres above 0");
        }
        if (!Double.isFinite(middleMetres)) {
            throw new HorizonException(
                    "HZ-MESH-040", "the middle is at x = " + middleMetres + "; give metres");
        }
        folder = folder.toAbsolutePath().normalize();
    }

    private static void requireBetween(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new HorizonException(
                    "HZ-MESH-040",
                    "%s is %d; a local mesh has from %d to %d".formatted(what, value, min, max));
        }
    }

    /** All processes, in order of their start. */
    public List<MeshPart> parts() {
        List<MeshPart> parts = new ArrayList<>();
        for (int i = 0; i < coordinators; i++) {
            parts.add(part(member(i), MeshPart.Role.COORDINATOR, ""));
        }
        for (int i = 0; i < allNodes(); i++) {
            parts.add(part(node(i), MeshPart.Role.NODE, address(nodePort(i))));
        }
        for (int i = 0; i < gateways; i++) {
            parts.add(part("gateway-" + (i + 1), MeshPart.Role.GATEWAY, address(gatewayPort(i))));
        }
        return parts;
    }

    private MeshPart part(String name, MeshPart.Role role, String address) {
        return new MeshPart(name, role, folder.resolve(name + ".toml"), address);
    }

    private static String address(int port) {
        return "http://" + HOST + ":" + port + "/";
    }

    /** The members of the coordinator, as {@code mesh.coordinators} takes them. */
    public List<String> members() {
        return IntStream.range(0, coordinators)
                .mapToObj(i -> HOST + ":" + (port + MEMBERS_AT + i * ClusterMembers.PORTS))
                .toList();
    }

    /** The secret that all share. */
    public Path keyFile() {
        return folder.resolve("mesh.key");
    }

    /** The key that signs the tickets of all nodes and gateways. */
    public Path ticketKeyFile() {
        return folder.resolve("ticket.key");
    }

    /** The name of a member of the coordinator. */
    public static String member(int index) {
        return "coordinator-" + index;
    }

    /** The star system that the nodes share. */
    public String starSystem() {
        return starSystems.getFirst();
    }

    /** Nodes of all star systems. */
    int allNodes() {
        return nodes + starSystems.size() - 1;
    }

    /** The star system of a node, from 0. */
    public String starSystemOf(int node) {
        return node < nodes ? starSystem() : starSystems.get(1 + node - nodes);
    }

    /** The star system to which a node's gate leads; empty where there is but one. */
    String gateOf(int node) {
        int next = (starSystems.indexOf(starSystemOf(node)) + 1) % starSystems.size();
        return starSystems.size() == 1 ? "" : starSystems.get(next);
    }

    String node(int index) {
        return starSystemOf(index) + "-" + (index < nodes ? index + 1 : 1);
    }

    int nodePort(int index) {
        return port + 1 + index;
    }

    int gatewayPort(int index) {
        return port + 1 + NODES_MAX + index;
    }

    int streamPort(int node) {
        return port + node * STREAM_PORTS;
    }

    /**
     * Where gateways find the nodes. All ask the same first, which knows where players are: so they
     * find theirs by whichever gateway they come.
     */
    String gatewayNodes() {
        return IntStream.range(0, allNodes())
                .mapToObj(node -> HOST + ":" + streamPort(node))
                .collect(Collectors.joining(";"));
    }

    /**
     * The x between two neighbours: what circles the middle at the radius is as long with each.
     *
     * @param index of the one on the far side, from 1
     */
    public double cut(int index) {
        return middleMetres - radiusMetres * StrictMath.cos(Math.PI * index / nodes);
    }
}
