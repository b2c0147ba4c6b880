package dev.horizon.net.client;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A WebSocket of Java's own. */
final class SocketLink implements Link, WebSocket.Listener {
    private static final int BINARY_BYTES_MIN = 4_096;

    private final Inbox inbox;
    private final StringBuilder text = new StringBuilder();
    private byte[] binary = new byte[BINARY_BYTES_MIN];
    private int binaryLength;
    private @Nullable WebSocket socket;

    private SocketLink(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Opens one. */
    static CompletableFuture<Link> open(URI server, Inbox inbox, Trust trust, Duration patience) {
        String scheme = "https".equals(server.getScheme()) ? "wss://" : "ws://";
        SocketLink link = new SocketLink(inbox);
        return trust.client()
                .newWebSocketBuilder()
                .connectTimeout(patience)
                .buildAsync(URI.create(scheme + server.getAuthority() + "/play"), link)
                .thenApply(opened -> link);
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    private WebSocket socket() {
        WebSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("a link is handed out once it is open");
        }
        return opened;
    }

    @Override
    public CompletableFuture<?> sendText(String message) {
        return socket().sendText(message, true);
    }

    @Override
    public CompletableFuture<?> sendBinary(ByteBuffer message) {
        return socket().sendBinary(message, true);
    }

    @Override
    public void cut() {
        socket().abort();
    }

    @Override
    public void close() {
        if (!socket().isOutputClosed()) {
            socket().sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
    }

    @Override
    public @Nullable CompletableFuture<?> onText(
            WebSocket source, CharSequence data, boolean last) {
        if (text.length() + data.length() > MESSAGE_BYTES_MAX) {
            return endAt(source);
        }
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            inbox.onText(whole);
        }
        source.request(1);
        return null;
    }

    @Override
    public @Nullable CompletableFuture<?> onBinary(
            WebSocket source, ByteBuffer data, boolean last) {
        int more = data.remaining();
        if (more > MESSAGE_BYTES_MAX - binaryLength) {
            return endAt(source);
        }
        if (binary.length < binaryLength + more) {
            binary = Arrays.copyOf(binary, 2 * (binaryLength + more));
        }
        data.get(binary, binaryLength, more);
        binaryLength += more;
        if (last) {
            int length = binaryLength;
            binaryLength = 0;
            inbox.onBinary(new UnsafeBuffer(binary, 0, length), length);
        }
        source.request(1);
        return null;
    }

    private @Nullable CompletableFuture<?> endAt(WebSocket source) {
        source.abort();
        inbox.end();
        return null;
    }

    @Override
    public @Nullable CompletableFuture<?> onClose(WebSocket source, int status, String reason) {
        inbox.end();
        return null;
    }

    @Override
    public void onError(WebSocket source, Throwable error) {
        inbox.end();
    }
}
