package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;

/**
 * Where a gateway finds its node.
 *
 * @param host name or address
 * @param port the first of the node's UDP ports
 */
record NodeAddress(String host, int port) {
    private static final int PORT_MAX = 65_527;

    /**
     * Reads {@code HOST:PORT}.
     *
     * @throws HorizonException HZ-CFG-008 when it is something else
     */
    static NodeAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (port >= 1 && port <= PORT_MAX) {
                    return new NodeAddress(text.substring(0, colon), port);
                }
            } catch (NumberFormatException e) {
                throw wrong(text, e);
            }
        }
        throw wrong(text, null);
    }

    private static HorizonException wrong(
            String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new HorizonException(
                "HZ-CFG-008",
                "gateway.node is '"
                        + text
                        + "'; write the node's streams.node-host and streams.port, as in"
                        + " 127.0.0.1:40456",
                cause == null ? new IllegalArgumentException(text) : cause);
    }
}
