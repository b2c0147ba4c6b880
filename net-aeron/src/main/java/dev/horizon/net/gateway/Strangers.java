package dev.horizon.net.gateway;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sockets that have not said hello, in order of their deadlines: all wait equally long.
 * Thread-safe.
 */
final class Strangers {
    private final long patienceNanos;
    private final int bound;
    private final GatewayMetrics metrics;
    private final LinkedHashMap<Channel, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(long deadlineNanos, Runnable farewell) {}

    Strangers(long patienceNanos, int bound, GatewayMetrics metrics) {
        this.patienceNanos = patienceNanos;
        this.bound = bound;
        this.metrics = metrics;
    }

    /**
     * Gives a socket its time, from now on, again where it was known.
     *
     * @param farewell run when the time is over or others need the place; closes the socket
     */
    void add(Channel channel, Runnable farewell, long nowNanos) {
        Runnable oldest = null;
        synchronized (waiting) {
            waiting.remove(channel);
            if (waiting.size() >= bound) {
                Iterator<Waiting> all = waiting.values().iterator();
                oldest = all.next().farewell();
                all.remove();
            }
            waiting.put(channel, new Waiting(nowNanos + patienceNanos, farewell));
            metrics.strangers.set(waiting.size());
        }
        if (oldest != null) {
            metrics.refused(Refusal.TOO_MANY);
            oldest.run();
        }
    }

    void remove(Channel channel) {
        synchronized (waiting) {
            waiting.remove(channel);
            metrics.strangers.set(waiting.size());
        }
    }

    /** Takes leave of those whose time is over. */
    void sweep(long nowNanos) {
        List<Runnable> over = new ArrayList<>();
        synchronized (waiting) {
            Iterator<Map.Entry<Channel, Waiting>> all = waiting.entrySet().iterator();
            while (all.hasNext()) {
                Waiting next = all.next().getValue();
                if (nowNanos - next.deadlineNanos() < 0) {
                    break;
                }
                over.add(next.farewell());
                all.remove();
            }
            metrics.strangers.set(waiting.size());
        }
        over.forEach(Runnable::run);
    }
}
