package dev.horizon.engine.dispatch;

import org.HdrHistogram.AbstractHistogram;

/**
 * What became of one event type so far.
 *
 * @param event such as {@code chat:message} or {@code PlayerConnected}
 * @param handlers registered
 * @param dispatched events that reached their handlers
 * @param cancelled by a handler
 * @param refused by a handler or because the payload didn't fit
 * @param faults exceptions of handlers
 * @param nanos time of all handlers of one event: of the first thousand, and one in 64 later
 */
public record EventStatistics(
        String event,
        int handlers,
        long dispatched,
        long cancelled,
        long refused,
        long faults,
        AbstractHistogram nanos) {}
