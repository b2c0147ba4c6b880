package dev.horizon.engine.ports;

/** Real time for the pacing of ticks; nothing in the world sees it. */
public interface TickClock {
    /** Monotonic nanoseconds. */
    long nanoTime();

    /** Waits until about the deadline, on the tick thread, or returns early. */
    void awaitNanos(long deadlineNanos);
}
