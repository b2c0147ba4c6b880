package dev.horizon.mesh.agent;

import dev.horizon.mesh.protocol.PeerMessage;
import java.util.function.Consumer;

/**
 * A way to other nodes, which may be away, lose or repeat messages. For one thread, which polls it.
 */
public interface PeerLink extends AutoCloseable {
    /** Where others reach this one, host:port; empty where nobody does. */
    String address();

    /** Takes what has come; returns how much. */
    int poll(Consumer<PeerMessage> handler);

    /** Sends a message to an address; false when it can't be sent now. */
    boolean send(String address, PeerMessage message);

    @Override
    void close();

    /** Reaches nobody. */
    PeerLink NOBODY =
            new PeerLink() {
                @Override
                public String address() {
                    return "";
                }

                @Override
                public int poll(Consumer<PeerMessage> handler) {
                    return 0;
                }

                @Override
                public boolean send(String address, PeerMessage message) {
                    return false;
                }

                @Override
                public void close() {}
            };
}
