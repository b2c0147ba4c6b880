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
    final LongAdder logins = new LongAdder();
    final LongAdder messagesIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder nearBytesOut = new LongAdder();
    final LongAdder nothingNew = new LongAdder();
    final LongAdder leftOut = new LongAdder();
    final LongAdder framesIn = new LongAdder();
    final LongAdder framesDropped = new LongAdder();
    final LongAdder gaps = new LongAdder();
    final LongAdder keyframeRequests = new LongAdder();
    final LongAdder faults = new LongAdder();
    volatile int sessions;
    volatile int channels;
    volatile int queuedBytes;
    volatile int queuedBytesMax;
    volatile int inputsWaiting;
    volatile long tellingNanos;
    final AgeHistogram ages = new AgeHistogram();
    private final ConcurrentHashMap<String, LongAdder> refusals = new ConcurrentHashMap<>();

    private final CommandQueue commands;

    GatewayMetrics(CommandQueue commands) {
        this.commands = commands;
    }

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
                commands.size(),
                inputsWaiting,
                tellingNanos,
                accepted.sum(),
                logins.sum(),
                messagesIn.sum(),
                bytesIn.sum(),
                messagesOut.sum(),
                bytesOut.sum(),
                nearBytesOut.sum(),
                nothingNew.sum(),
                leftOut.sum(),
                framesIn.sum(),
                framesDropped.sum(),
                gaps.sum(),
                keyframeRequests.sum(),
                faults.sum(),
                byCode,
                ages.read());
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
     * @param commandsWaiting that clients sent and the agent has not taken yet
     * @param inputsWaiting that the nodes have not taken yet
     * @param tellingNanos that it took to tell clients the last tick
     * @param accepted connections since the start
     * @param logins sessions that a node took since the start, come back or new
     * @param messagesIn from clients since the start
     * @param bytesIn of those messages
     * @param messagesOut to clients since the start
     * @param bytesOut of those messages
     * @param nearBytesOut of them what was said of CLOSE and MEDIUM, which are encoded for each
     *     client; the others are frames of LOW and SENSOR, and what goes around both
     * @param nothingNew ticks since the start of which a client was told nothing: nothing was new
     * @param leftOut times since the start that a client was told nothing, since it still had the
     *     last to take
     * @param framesIn from the node since the start
     * @param framesDropped for sessions that were too slow
     * @param gaps frames of the node that were lost on the way
     * @param keyframeRequests to the node
     * @param faults of our own: each was logged
     * @param refusals by code since the start
     * @param ages of ticks when clients had been told of them
     */
    public record Snapshot(
            int sessions,
            int connections,
            int strangers,
            int channels,
            int queuedBytes,
            int queuedBytesMax,
            int commandsWaiting,
            int inputsWaiting,
            long tellingNanos,
            long accepted,
            long logins,
            long messagesIn,
            long bytesIn,
            long messagesOut,
            long bytesOut,
            long nearBytesOut,
            long nothingNew,
            long leftOut,
            long framesIn,
            long framesDropped,
            long gaps,
            long keyframeRequests,
            long faults,
            Map<String, Long> refusals,
            Ages ages) {}

    /**
     * How old ticks were when clients had been told of them, since the start: from when a tick
     * could have been heard of at the earliest, going by those of the seconds before, to when the
     * last of those who are told of it was. A tick of which a hundred clients are told counts a
     * hundred times.
     *
     * @param seconds up to which each step goes, ascending; the last is infinite
     * @param counts of each step alone
     * @param sumSeconds of all
     */
    public record Ages(double[] seconds, long[] counts, double sumSeconds) {}
}
