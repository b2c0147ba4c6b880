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

    private static final String STOPPED = "stopped before it had started";

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
            throw new CancellationException(STOPPED);
        }
        return part;
    }

    /**
     * Closes all after a start that failed.
     *
     * @throws CancellationException when all was closed meanwhile: that is why it failed
     */
    synchronized void abandon() {
        boolean wasClosed = isClosed;
        close();
        if (wasClosed) {
            throw new CancellationException(STOPPED);
        }
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
