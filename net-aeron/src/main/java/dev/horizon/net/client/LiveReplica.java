package dev.horizon.net.client;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.plugin.HorizonException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a client knows of the world, fed by its connection and read by others. Thread-safe. A new
 * connection begins with a new one: everything comes afresh.
 */
public final class LiveReplica implements HorizonClient.BinaryHandler {
    private final ReplicaView view = ReplicaView.open(channelId -> {});
    private long bytes;
    private long faults;

    @Override
    public synchronized void onMessage(UnsafeBuffer buffer, int length) {
        bytes += length;
        try {
            view.apply(buffer, 0, length);
        } catch (HorizonException e) {
            // The gateway mends it with a keyframe; the count says that it happened.
            faults++;
        }
        notifyAll();
    }

    @Override
    public synchronized void onWelcome(Welcome welcome) {
        view.tickHz(welcome.tickHz());
    }

    @Override
    public synchronized void onFault(HorizonException fault) {
        faults++;
    }

    /**
     * Computes something from the view, which no message changes meanwhile. Don't keep the view.
     */
    public synchronized <T> T read(Function<ReplicaView, T> reader) {
        return reader.apply(view);
    }

    /** Waits until the view passes; false when it didn't in time. */
    public synchronized boolean await(Predicate<ReplicaView> condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.test(view)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Bytes of all messages so far. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Messages that could not be applied. */
    public synchronized long faults() {
        return faults;
    }
}
