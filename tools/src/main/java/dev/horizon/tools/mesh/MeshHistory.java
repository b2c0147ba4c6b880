package dev.horizon.tools.mesh;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What happened in a local mesh since it was started, the latest last. Thread-safe. */
public final class MeshHistory {
    /** Beyond, the oldest are forgotten: a page can't show more. */
    private static final int EVENTS_MAX = 500;

    private final Deque<Event> events = new ArrayDeque<>();
    private final Consumer<Event> heard;

    /**
     * Begins empty.
     *
     * @param heard told of each event at once, by who reports it
     */
    public MeshHistory(Consumer<Event> heard) {
        this.heard = heard;
    }

    /**
     * One of them.
     *
     * @param at when it was noticed, ms since 1970
     * @param who the process, node or region
     * @param text what happened to it
     */
    public record Event(long at, String who, String text) {}

    /** Remembers what happened. */
    public void add(String who, String text) {
        Event event = new Event(System.currentTimeMillis(), who, text);
        synchronized (events) {
            events.addLast(event);
            if (events.size() > EVENTS_MAX) {
                events.removeFirst();
            }
        }
        heard.accept(event);
    }

    /** All that it remembers. */
    public List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }
}
