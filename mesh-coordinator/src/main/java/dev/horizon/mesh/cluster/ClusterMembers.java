package dev.horizon.mesh.cluster;

import dev.horizon.engine.plugin.HorizonException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the members of the coordinator are: each has a host and the first of five UDP ports.
 *
 * @param members in the order of their numbers, which all members and clients must agree on
 */
public record ClusterMembers(List<Member> members) {
    /** Ports of a member: for clients, for votes, for the log, for catching up, for its Archive. */
    public static final int PORTS = 5;

    /** Enough to survive three losses; more only slow the log down. */
    static final int MEMBERS_MAX = 7;

    private static final int PORT_MIN = 1024;
    private static final int PORT_MAX = 65_535 - PORTS;

    /**
     * One of them.
     *
     * @param host a name or an address
     * @param port the first of its five
     */
    public record Member(String host, int port) {
        String endpoint(int offset) {
            return host + ":" + (port + offset);
        }
    }

    /** Copies the list. */
    public ClusterMembers {
        members = List.copyOf(members);
    }

    /**
     * From {@code host:port} each.
     *
     * @throws HorizonException HZ-MESH-016 when one can't be understood, or there are none or too
     *     many
     */
    public static ClusterMembers parse(List<String> texts) {
        if (texts.isEmpty() || texts.size() > MEMBERS_MAX) {
            throw new HorizonException(
                    "HZ-MESH-016",
                    "mesh.coordinators names "
                            + texts.size()
                            + " members; name 1 for development, 3 or 5 where one may die, "
                            + MEMBERS_MAX
                            + " at most");
        }
        List<Member> members = new ArrayList<>();
        for (String text : texts) {
            members.add(member(text.strip()));
        }
        return new ClusterMembers(members);
    }

    private static Member member(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= PORT_MIN && port <= PORT_MAX) {
                return new Member(text.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new HorizonException(
                "HZ-MESH-016",
                "'"
                        + text
                        + "' in mesh.coordinators is no member: write host:port, with a port from "
                        + PORT_MIN
                        + " to "
                        + PORT_MAX
                        + ", the first of five");
    }

    /** As Aeron Cluster's members take it. */
    String topology() {
        return IntStream.range(0, members.size())
                .mapToObj(id ->
                        id
                                + ","
                                + IntStream.range(0, PORTS)
                                        .mapToObj(members.get(id)::endpoint)
                                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("|"));
    }

    /** As its clients take it. */
    String ingress() {
        return IntStream.range(0, members.size())
                .mapToObj(id -> id + "=" + members.get(id).endpoint(0))
                .collect(Collectors.joining(","));
    }

    /** Where a member's Archive is reached by the others. */
    String archive(int id) {
        return members.get(id).endpoint(PORTS - 1);
    }
}
