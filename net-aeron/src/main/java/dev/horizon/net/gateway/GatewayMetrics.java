package dev.horizon.net.gateway;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a gateway counts. Readable from any thread at any time. */
public final class GatewayMetrics {
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger strangers = new AtomicInteger();
    final LongAdder accepted = new LongAdder();
    final LongAdder messagesIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder nothingNew = new LongAdder();
    final LongAdder framesIn = new LongAdder();
    final LongAdder framesDropped = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder keyframeRequests = new LongAdder();
    final LongAdder faults = new LongAdder();
    volatile int sessions;
    volatile int channels;
    volatile int queuedBytes;
    volatile int queuedBytesMax;
    volatile long tellingNanos;
    private final ConcurrentHashMap<String, LongAdder> refusals = new ConcurrentHashMap<>();

    GatewayMetrics() {}

    void refused(String code) {
        refusals.computeIfAbsent(code, key -> new LongAdder()).increment();
    }

    /** All figures at about one moment. */
    public Snapshot snapshot() {
        Map<String, Long> byCode = new TreeMap<>();
        refusals.forEach((code, count) -> byCode.put(code, count.sum()));
        return new Snapshot(
                sessions,
                connections.get(),
                strangers.get(),
                channels,
                queuedBytes,
                queuedBytesMax,
                tellingNanos,
                accepted.sum(),
                messagesIn.sum(),
                bytesIn.sum(),
                messagesOut.sum(),
                bytesOut.sum(),
                nothingNew.sum(),
                framesIn.sum(),
                framesDropped.sum(),
                gaps.sum(),
                keyframeRequests.sum(),
                faults.sum(),
                byCode);
    }

    /**
     * The figures.
     *
     * @param sessions open, those that wait for their client to come back included
     * @param connections open sockets of all kinds
     * @param strangers sockets among them that haven't said hello
     * @param channels watched
     * @param queuedBytes waiting for all sessions together
     * @param queuedBytesMax waiting for the session with most
     * @param tellingNanos that it took to tell clients the last tick
     * @param accepted connections since the start
     * @param messagesIn from clients since the start
     * @param bytesIn of those messages
     * @param messagesOut to clients since the start
     * @param bytesOut of those messages
     * @param nothingNew ticks since the start of which a client was told nothing: nothing was new
     * @param framesIn from the node since the start
     * @param framesDropped for sessions that were too slow
     * @param gaps frames of the node that were lost on the way
     * @param keyframeRequests to the node
     * @param faults of our own: each was logged
     * @param refusals by code since the start
     */
    public record Snapshot(
            int sessions,
            int connections,
            int strangers,
            int channels,
            int queuedBytes,
            int queuedBytesMax,
            long tellingNanos,
            long accepted,
            long messagesIn,
            long bytesIn,
            long messagesOut,
            long bytesOut,
            long nothingNew,
            long framesIn,
            long framesDropped,
            long gaps,
            long keyframeRequests,
            long faults,
            Map<String, Long> refusals) {}
}
