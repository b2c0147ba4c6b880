package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import java.util.Arrays;
import java.util.List;

/**
 * Where a gateway or a standby finds its node.
 *
 * @param host name or address
 * @param port the first of the node's UDP ports
 */
record NodeAddress(String host, int port) {
    private static final int PORT_MAX = 65_527;

    /** A node and its standby; two more while folders change their roles. */
    private static final int STANDBYS_MAX = 4;

    /** Nodes of a mesh that one gateway has: each costs it a cache and four tiers of streams. */
    private static final int NODES_MAX = 16;

    /**
     * Reads {@code HOST:PORT}.
     *
     * @param key of the configuration that has it
     * @throws HorizonException HZ-CFG-008 when it is something else
     */
    static NodeAddress parse(String key, String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 1 && port <= PORT_MAX) {
                    return new NodeAddress(text.substring(0, colon), port);
                }
            } catch (NumberFormatException e) {
                throw wrong(key, text, e);
            }
        }
        throw wrong(key, text, null);
    }

    /**
     * Reads {@code HOST:PORT,HOST:PORT}: a node, and standbys that may take over.
     *
     * @throws HorizonException HZ-CFG-008 when it is something else
     */
    static List<NodeAddress> parseAll(String key, String text) {
        String[] each = text.split(",", STANDBYS_MAX + 1);
        if (each.length > STANDBYS_MAX) {
            throw wrong(key, text, null);
        }
        return Arrays.stream(each).map(one -> parse(key, one.strip())).toList();
    }

    /**
     * Reads the same of several nodes, each behind a semicolon.
     *
     * @throws HorizonException HZ-CFG-008 when it is something else
     */
    static List<List<NodeAddress>> parseNodes(String key, String text) {
        String[] each = text.split(";", NODES_MAX + 1);
        if (each.length > NODES_MAX) {
            throw wrong(key, text, null);
        }
        return Arrays.stream(each).map(one -> parseAll(key, one)).toList();
    }

    private static HorizonException wrong(
            String key, String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new HorizonException(
                "HZ-CFG-008",
                key
                        + " is '"
                        + text
                        + "'; write the address and the first of the UDP ports of the node, as in"
                        + " 127.0.0.1:40456",
                cause == null ? new IllegalArgumentException(text) : cause);
    }
}
