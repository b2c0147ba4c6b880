package dev.horizon.net.client;

import dev.horizon.engine.plugin.HorizonException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came in over one WebSocket, and where waiting threads wait for it. Thread-safe. */
final class Inbox implements WebSocket.Listener {
    private static final int EVENTS_MAX = 10_000;

    /** A server that sends more in one message isn't one of ours. */
    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    private final HorizonClient.BinaryHandler frames;
    private final ArrayDeque<ServerEvent> events = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private byte[] binary = new byte[4096];
    private int binaryLength;
    private boolean closed;

    Inbox(HorizonClient.BinaryHandler frames) {
        this.frames = frames;
    }

    @Override
    public @Nullable CompletableFuture<?> onText(
            WebSocket source, CharSequence data, boolean last) {
        if (text.length() + data.length() > MESSAGE_BYTES_MAX) {
            return cut(source);
        }
        text.append(data);
        if (last) {
            JsonNode root = JsonMapper.shared().readTree(text.toString());
            text.setLength(0);
            ServerEvent event =
                    new ServerEvent(
                            root.path("namespace").asString(),
                            root.path("event").asString(),
                            root.path("data"));
            if (event.is("session", "welcome")) {
                frames.onWelcome(Welcome.of(event.data()));
            }
            if (event.is("session", "moved")) {
                frames.onMoved(event.data().path("tickHz").asInt());
            }
            add(event);
        }
        source.request(1);
        return null;
    }

    @Override
    public @Nullable CompletableFuture<?> onBinary(
            WebSocket source, ByteBuffer data, boolean last) {
        int more = data.remaining();
        if (more > MESSAGE_BYTES_MAX - binaryLength) {
            return cut(source);
        }
        if (binary.length < binaryLength + more) {
            binary = Arrays.copyOf(binary, 2 * (binaryLength + more));
        }
        data.get(binary, binaryLength, more);
        binaryLength += more;
        if (last) {
            int length = binaryLength;
            binaryLength = 0;
            try {
                Bundle.split(new UnsafeBuffer(binary, 0, length), length, frames);
            } catch (HorizonException e) {
                frames.onFault(e);
            }
        }
        source.request(1);
        return null;
    }

    private @Nullable CompletableFuture<?> cut(WebSocket source) {
        source.abort();
        end();
        return null;
    }

    @Override
    public @Nullable CompletableFuture<?> onClose(WebSocket source, int status, String reason) {
        end();
        return null;
    }

    @Override
    public void onError(WebSocket source, Throwable error) {
        end();
    }

    private synchronized void add(ServerEvent event) {
        if (events.size() >= EVENTS_MAX) {
            events.removeFirst();
        }
        events.add(event);
        notifyAll();
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    synchronized @Nullable ServerEvent await(Predicate<ServerEvent> wanted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            for (ServerEvent next = events.poll(); next != null; next = events.poll()) {
                if (wanted.test(next)) {
                    return next;
                }
            }
            if (closed || !pause(deadline)) {
                return null;
            }
        }
    }

    synchronized boolean awaitClosed(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!closed) {
            if (!pause(deadline)) {
                return false;
            }
        }
        return true;
    }

    private boolean pause(long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
