package dev.horizon.net.client;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.plugin.HorizonException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of the world, fed by its connection and read by others. Thread-safe. A new
 * connection begins with a new one: everything comes afresh. So it does when the session goes to
 * another node; what was held is shown until that node's first message.
 */
public final class LiveReplica implements HorizonClient.BinaryHandler {
    private ReplicaView view = ReplicaView.open(channelId -> {});

    /** Of another node that has not spoken yet; null while there is none. */
    private @Nullable ReplicaView next;

    private long bytes;
    private long faults;

    @Override
    public synchronized void onMessage(UnsafeBuffer buffer, int length) {
        bytes += length;
        if (next != null) {
            view = next;
            next = null;
        }
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
    public synchronized void onMoved(int tickHz) {
        ReplicaView fresh = ReplicaView.open(channelId -> {});
        fresh.tickHz(tickHz);
        next = fresh;
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
