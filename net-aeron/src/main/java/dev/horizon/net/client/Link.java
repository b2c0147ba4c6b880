package dev.horizon.net.client;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What carries a client's messages to its server. Thread-safe, one message at a time. */
interface Link {
    /** The longest message of a server of ours. */
    int MESSAGE_BYTES_MAX = 16 << 20;

    /** Sends an envelope; done when it is under way. */
    CompletableFuture<?> sendText(String text);

    /** Sends a binary message; done when it is under way, and the buffer the caller's again. */
    CompletableFuture<?> sendBinary(ByteBuffer message);

    /** Cuts it without a word. */
    void cut();

    /** Says that nothing follows, and ends. */
    void close();
}
