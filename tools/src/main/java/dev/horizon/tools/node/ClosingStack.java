package dev.horizon.tools.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be closed in reverse order, each part whatever happened to the others.
 * Thread-safe, because a signal may close it while it is being filled, or while its owner closes
 * it: whoever comes second waits for the first.
 */
final class ClosingStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean isClosed;

    /**
     * Remembers a part.
     *
     * @throws CancellationException when all is closed already; the part then is, too
     */
    synchronized <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        if (isClosed) {
            close();
            throw new CancellationException("stopped before it had started");
        }
        return part;
    }

    /** True once closing has begun. */
    synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
