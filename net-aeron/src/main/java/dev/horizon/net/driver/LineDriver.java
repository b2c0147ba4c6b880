package dev.horizon.net.driver;

import dev.horizon.engine.plugin.HorizonException;
import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import io.aeron.exceptions.AeronEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A media driver inside this process for lines alone, to clients or to gateways: what strangers
 * send there never keeps the driver busy that records ticks and carries frames. Thread-safe.
 */
public final class LineDriver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineDriver.class);
    private static final long MEMORY_BYTES_NEEDED = 64L << 20;
    private static final int TERM_BYTES = 64 << 10;

    private final LockedDirectory directory;
    private final MediaDriver driver;
    private final Aeron aeron;
    private final List<Rejected> rejected = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Hears that the other end takes nothing of a publication. */
    @FunctionalInterface
    public interface Rejected {
        /**
         * On Aeron's own thread.
         *
         * @param publication by its registration id
         */
        void on(long publication, String why);
    }

    private LineDriver(LockedDirectory directory, @Nullable LossGenerator loss) {
        this.directory = directory;
        String name = directory.path().toString();
        MediaDriver.Context context =
                AeronContexts.driver(name, TERM_BYTES).errorHandler(LineDriver::note);
        if (loss != null) {
            context.receiveChannelEndpointSupplier((channel, dispatcher, status, with) ->
                    new DebugReceiveChannelEndpoint(channel, dispatcher, status, with, loss, loss));
        }
        driver = MediaDriver.launch(context);
        try {
            aeron =
                    Aeron.connect(
                            AeronContexts.client(name)
                                    .publicationErrorFrameHandler(frame ->
                                            rejected.forEach(each ->
                                                    each.on(
                                                            frame.registrationId(),
                                                            frame.errorMessage()))));
        } catch (RuntimeException e) {
            driver.close();
            throw e;
        }
    }

    /** What the other end does wrong is said to it, and no news of this process. */
    private static void note(Throwable fault) {
        if (fault instanceof AeronEvent || fault instanceof IllegalArgumentException) {
            LOG.debug("The driver of lines reports", fault);
        } else {
            LOG.warn("The driver of lines reports", fault);
        }
    }

    /**
     * Starts one.
     *
     * @throws HorizonException HZ-ENV-010 no room for shared memory, HZ-ENV-013 Aeron did not start
     */
    public static LineDriver start() {
        return start(null);
    }

    /** The same with something that loses what comes in. */
    public static LineDriver losing(LossGenerator loss) {
        return start(loss);
    }

    private static LineDriver start(@Nullable LossGenerator loss) {
        Path memory =
                SharedMemory.choose(
                        List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir"))),
                        MEMORY_BYTES_NEEDED,
                        SharedMemory::usableBytes);
        LockedDirectory directory = null;
        try {
            directory = LockedDirectory.reserve(memory);
            return new LineDriver(directory, loss);
        } catch (IOException | RuntimeException e) {
            CloseHelper.quietClose(directory);
            throw new HorizonException(
                    "HZ-ENV-013", "Aeron did not start for clients, in " + memory + ": " + e, e);
        }
    }

    /** The client of the driver. */
    public Aeron aeron() {
        return aeron;
    }

    /** Also tells this one from now on. */
    public void onRejected(Rejected listener) {
        rejected.add(listener);
    }

    /** Ends all its streams and removes its shared memory. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            CloseHelper.closeAll(
                    e -> LOG.warn("Closing a part of the driver of lines failed", e),
                    aeron,
                    driver,
                    directory);
        }
    }
}
