package dev.horizon.mesh.agent;

import dev.horizon.mesh.protocol.MeshMessage;
import java.util.function.Consumer;

/**
 * A way to the coordinator, which may be away, change its leader, lose or repeat messages. For one
 * thread, which polls it.
 */
public interface CoordinatorLink extends AutoCloseable {
    /** Takes what has come, and keeps the connection; returns how much it did. */
    int poll(Consumer<MeshMessage> handler);

    /** Sends a message; false when it can't be sent now. */
    boolean send(MeshMessage message);

    /** Why the coordinator can't be reached, as far as is known; empty where nothing is. */
    String trouble();

    @Override
    void close();
}
