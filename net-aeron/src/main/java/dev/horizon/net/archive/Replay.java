package dev.horizon.net.archive;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Reads a stretch of a recording back from the disk, on the calling thread. */
final class Replay {
    private static final String CHANNEL = "aeron:ipc?alias=replay";
    private static final int STREAM_ID = 99;
    private static final int FRAGMENTS_PER_POLL_MAX = 256;

    /** Without progress for this long the Archive is broken; a replay as such may take hours. */
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private Replay() {}

    /** Hands over all fragments between two positions, both at the border of a fragment. */
    static void read(
            EmbeddedDriver driver,
            long recordingId,
            long fromPosition,
            long toPosition,
            FragmentHandler handler) {
        if (toPosition <= fromPosition) {
            return;
        }
        try (Subscription subscription =
                driver.archive()
                        .replay(
                                recordingId,
                                fromPosition,
                                toPosition - fromPosition,
                                CHANNEL,
                                STREAM_ID)) {
            long progressNanos = System.nanoTime();
            long position = fromPosition;
            while (position < toPosition) {
                if (subscription.poll(handler, FRAGMENTS_PER_POLL_MAX) == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                long now = System.nanoTime();
                long reached = reached(subscription, position);
                if (reached > position) {
                    position = reached;
                    progressNanos = now;
                } else if (now - progressNanos > STALL_NANOS) {
                    throw new HorizonException(
                            "HZ-TAPE-003",
                            "Recording "
                                    + recordingId
                                    + " could be read up to position "
                                    + position
                                    + " only, of "
                                    + toPosition
                                    + ". Check the disk; restore the data directory from a backup"
                                    + " if the recording is damaged.");
                }
            }
        }
    }

    private static long reached(Subscription subscription, long position) {
        if (subscription.imageCount() == 0) {
            return position;
        }
        Image image = subscription.imageAtIndex(0);
        return image.isClosed() ? position : image.position();
    }
}
