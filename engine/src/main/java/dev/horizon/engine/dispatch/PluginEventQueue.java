package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.HorizonException;
import org.jspecify.annotations.Nullable;

/** Plugin events waiting for the current handlers to be done; in order, bounded. */
final class PluginEventQueue {
    /** Events raised by one input and all that follows from it. */
    static final int EVENTS_MAX = 4096;

    /** Events that raise events that raise events: deeper is a loop. */
    static final int DEPTH_MAX = 16;

    private final @Nullable Record[] events = new Record[EVENTS_MAX];
    private final int[] depths = new int[EVENTS_MAX];
    private int head;
    private int size;

    void add(Record event, int depth) {
        if (depth > DEPTH_MAX) {
            throw new HorizonException(
                    "HZ-EVT-021",
                    "event "
                            + event.getClass().getSimpleName()
                            + " is raised "
                            + DEPTH_MAX
                            + " events deep; two handlers raise each other's event: break the loop");
        }
        if (size == EVENTS_MAX) {
            throw new HorizonException(
                    "HZ-EVT-020",
                    "more than "
                            + EVENTS_MAX
                            + " plugin events wait; raise fewer, or one that carries many");
        }
        int at = (head + size) % EVENTS_MAX;
        events[at] = event;
        depths[at] = depth;
        size++;
    }

    /** Depth of the next event, or 0 where none waits. */
    int nextDepth() {
        return size == 0 ? 0 : depths[head];
    }

    Record remove() {
        Record event = events[head];
        events[head] = null;
        head = (head + 1) % EVENTS_MAX;
        size--;
        if (event == null) {
            throw new IllegalStateException("no plugin event waits");
        }
        return event;
    }
}
