package dev.horizon.net.client;

import dev.horizon.engine.plugin.HorizonException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came in over one link, and where waiting threads wait for it. Thread-safe. */
final class Inbox {
    private static final int EVENTS_MAX = 10_000;

    private final HorizonClient.BinaryHandler frames;
    private final ArrayDeque<ServerEvent> events = new ArrayDeque<>();
    private boolean closed;

    Inbox(HorizonClient.BinaryHandler frames) {
        this.frames = frames;
    }

    /** A whole text; on the link's thread. */
    void onText(String text) {
        JsonNode root = JsonMapper.shared().readTree(text);
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

    /** A whole binary message, valid during the call; on the link's thread. */
    void onBinary(UnsafeBuffer message, int length) {
        try {
            Bundle.split(message, length, frames);
        } catch (HorizonException e) {
            frames.onFault(e);
        }
    }

    private synchronized void add(ServerEvent event) {
        if (events.size() >= EVENTS_MAX) {
            events.removeFirst();
        }
        events.add(event);
        notifyAll();
    }

    /** Nothing comes any more. */
    synchronized void end() {
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
