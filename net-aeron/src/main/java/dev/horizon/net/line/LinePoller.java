package dev.horizon.net.line;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Polls the lines of one event loop, as long as there are any: nothing wakes a loop that waits for
 * sockets when a datagram came for Aeron's driver. That loop's thread, but for {@link Loops}.
 */
final class LinePoller implements Runnable {
    /** An input waits that long at most, a fiftieth of a tick. */
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLoop loop;
    private final List<LineChannel> lines = new ArrayList<>();
    private boolean isScheduled;

    private LinePoller(EventLoop loop) {
        this.loop = loop;
    }

    /** The pollers of all loops of a group. Thread-safe. */
    static final class Loops {
        private final ConcurrentHashMap<EventLoop, LinePoller> pollers = new ConcurrentHashMap<>();

        /** Has a line polled by the loop that it is registered with; any thread. */
        void add(LineChannel line) {
            EventLoop loop = line.eventLoop();
            loop.execute(() -> pollers.computeIfAbsent(loop, LinePoller::new).take(line));
        }
    }

    private void take(LineChannel line) {
        lines.add(line);
        if (!isScheduled) {
            isScheduled = true;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        lines.removeIf(line -> {
            line.poll();
            return !line.isOpen();
        });
        isScheduled = !lines.isEmpty();
        if (isScheduled) {
            loop.schedule(this, PERIOD_NANOS, TimeUnit.NANOSECONDS);
        }
    }
}
