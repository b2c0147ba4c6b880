package dev.horizon.net.standby;

import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.driver.EmbeddedDriver;
import io.aeron.archive.client.ArchiveException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replay by which a standby gets the tape: what is recorded, then what comes. */
final class Feed {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final byte[] NOTHING = {};
    private static final long NONE = -1;

    /** A standby that wants the tape anew has tried to take it for so long. */
    private static final long TRY_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final EmbeddedDriver driver;
    private final ArchiveTickLog tape;
    private long replay = NONE;
    private long startedAtNanos;

    Feed(EmbeddedDriver driver, ArchiveTickLog tape) {
        this.driver = driver;
        this.tape = tape;
    }

    /** Begins at a position; the Aeron session as the standby is told it, empty where it failed. */
    byte[] start(long position, String endpoint) {
        stop();
        startedAtNanos = System.nanoTime();
        try {
            replay =
                    driver.archive()
                            .startReplay(
                                    tape.recordingId(),
                                    position,
                                    Long.MAX_VALUE,
                                    "aeron:udp?alias=standby-tape|endpoint=" + endpoint,
                                    ArchiveTickLog.STREAM_ID);
        } catch (ArchiveException e) {
            LOG.error("the Archive doesn't replay the tape for the standby", e);
            return NOTHING;
        }
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) replay)
                .array();
    }

    /** True when the last one had time to arrive. */
    boolean isTried(long nowNanos) {
        return nowNanos - startedAtNanos > TRY_NANOS;
    }

    void stop() {
        long ended = replay;
        replay = NONE;
        if (ended != NONE) {
            try {
                driver.archive().stopReplay(ended);
            } catch (ArchiveException e) {
                LOG.debug("the replay had ended already", e);
            }
        }
    }
}
