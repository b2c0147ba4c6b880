package dev.horizon.engine.dispatch;

import dev.horizon.engine.plugin.HorizonException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;

/**
 * One event type: its handlers in order, its codecs, its counters. Counters may be read anywhere.
 */
final class EventLane {
    private static final long SLOWEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Of those that follow, one in so many is timed: a clock costs as much as an event. */
    private static final int TIMED_ONE_IN = 64;

    private static final int ALL_TIMED_TO = 1_024;

    final String name;
    final boolean cancellable;
    final boolean refusable;
    final boolean latestWins;
    final Handler[] handlers;

    /** One per record class; all of one shape. Empty for events that never are bytes. */
    final EventCodec<?>[] codecs;

    /** The records of the client's event being dispatched, by codec. */
    final Record[] decoded;

    final AtomicLong dispatched = new AtomicLong();
    final AtomicLong cancelled = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong faults = new AtomicLong();
    final AtomicHistogram nanos = new AtomicHistogram(1, SLOWEST_NANOS, 2);

    EventLane(
            String name,
            boolean cancellable,
            boolean refusable,
            boolean latestWins,
            Handler[] handlers,
            EventCodec<?>[] codecs) {
        this.name = name;
        this.cancellable = cancellable;
        this.refusable = refusable;
        this.latestWins = latestWins;
        this.handlers = handlers;
        this.codecs = codecs;
        this.decoded = new Record[codecs.length];
    }

    /** Makes every record class from the payload, before any handler runs. */
    void decode(PayloadReader in, org.agrona.DirectBuffer buffer, int offset, int length) {
        for (int i = 0; i < codecs.length; i++) {
            decoded[i] = codecs[i].decode(in.wrap(buffer, offset, length));
        }
    }

    /** True where the next event is to be timed. */
    boolean isTimed() {
        long number = dispatched.get();
        return number < ALL_TIMED_TO || number % TIMED_ONE_IN == 0;
    }

    void time(long elapsedNanos) {
        nanos.recordValue(Math.min(Math.max(1, elapsedNanos), SLOWEST_NANOS));
    }

    /** Of the one thread that counts; none of its readers waits for it. */
    static void count(AtomicLong counter) {
        counter.lazySet(counter.get() + 1);
    }

    EventStatistics statistics() {
        return new EventStatistics(
                name,
                handlers.length,
                dispatched.get(),
                cancelled.get(),
                refused.get(),
                faults.get(),
                nanos.copy());
    }

    static HorizonException shapesDiffer(String event, String one, String other) {
        return new HorizonException(
                "HZ-EVT-010",
                "plugins "
                        + one
                        + " and "
                        + other
                        + " declare the event "
                        + event
                        + " with different fields; give their records the same fields in the same"
                        + " order, and both onClient or both onInput");
    }
}
