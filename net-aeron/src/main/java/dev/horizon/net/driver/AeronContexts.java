package dev.horizon.net.driver;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Aeron's four parts are set up: for few cores, little memory, and a process that may pause.
 */
final class AeronContexts {
    private static final Logger LOG = LoggerFactory.getLogger(AeronContexts.class);

    /** The Archive talks to this process by streams that carry small requests. */
    private static final String CONTROL_CHANNEL = "aeron:ipc?term-length=64k";

    /** Large enough that most messages are one fragment, which nobody has to assemble. */
    private static final int IPC_MTU_BYTES = 16 << 10;

    /**
     * Room for 1,357 publications: the least that the driver takes. The driver touches all of its
     * buffers, so what they are longer than needed is memory lost.
     */
    private static final int COUNTER_VALUES_BYTES = 1 << 20;

    /**
     * A process stopped by a debugger, a suspended laptop or a starved host goes on afterwards: all
     * parts live in it, so none of them gains by giving another up early.
     */
    private static final long LIVENESS_SECONDS = 120;

    /**
     * A process of another machine that says nothing for so long is gone, and a stuck image is
     * given up; starved hosts are silent for a second or two.
     */
    private static final long IMAGE_LIVENESS_SECONDS = 4;

    /**
     * How often an Archive looks whether a client still listens. A client here reads answers when
     * it asks: after nine minutes of the default's pings, which nobody reads, the Archive takes it
     * for dead. A client that really is gone is known by the end of its requests' stream.
     */
    private static final long ARCHIVE_PING_HOURS = 1;

    /** Of an Archive in this process: on a starved host it is slow, and not gone. */
    private static final long ANSWER_TIMEOUT_SECONDS = 60;

    /**
     * Of threads that carry data: a sleep of 100 us takes 150, and three such threads a sixth of a
     * core while nothing happens.
     */
    private static final long PARK_NANOS_MAX = 250_000;

    /**
     * Linux adds some 50 us to each sleep: naps that begin with a microsecond are eight more before
     * the longest, and wake no sooner by much ({@code docs/adr/0028}).
     */
    private static final long PARK_NANOS_MIN = 125_000;

    /**
     * Of threads that carry none: a client's, which notices what comes and goes, and the driver's
     * that looks names up. Where one thing is followed by the next they are awake sooner.
     */
    private static final long NOTICE_PARK_NANOS_MAX = 5_000_000;

    private AeronContexts() {}

    /** Of threads that carry data. */
    static IdleStrategy idleStrategy() {
        return new BackoffIdleStrategy(1, 1, PARK_NANOS_MIN, PARK_NANOS_MAX);
    }

    private static IdleStrategy noticing() {
        return new BackoffIdleStrategy(1, 1, PARK_NANOS_MAX, NOTICE_PARK_NANOS_MAX);
    }

    static MediaDriver.Context driver(String directory, int termLengthBytes) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idleStrategy())
                .asyncExecutorIdleStrategy(noticing())
                .termBufferSparseFile(true)
                .publicationTermBufferLength(termLengthBytes)
                .ipcTermBufferLength(termLengthBytes)
                .ipcMtuLength(IPC_MTU_BYTES)
                .counterValuesBufferLength(COUNTER_VALUES_BYTES)
                .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(LIVENESS_SECONDS))
                .publicationUnblockTimeoutNs(TimeUnit.SECONDS.toNanos(LIVENESS_SECONDS + 10))
                .spiesSimulateConnection(true)
                .imageLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(IMAGE_LIVENESS_SECONDS))
                .dirDeleteOnStart(false)
                .dirDeleteOnShutdown(true)
                .errorHandler(e -> LOG.warn("The media driver reports", e));
    }

    static Archive.Context archive(
            String driverDirectory, Path recordings, Path marks, @Nullable String endpoint) {
        Archive.Context context = archive(driverDirectory, recordings, marks);
        if (endpoint == null) {
            return context.controlChannelEnabled(false)
                    .replicationChannel("aeron:udp?endpoint=127.0.0.1:0");
        }
        String host = endpoint.substring(0, endpoint.lastIndexOf(':'));
        return context.controlChannel("aeron:udp?endpoint=" + endpoint)
                .replicationChannel("aeron:udp?endpoint=" + host + ":0");
    }

    private static Archive.Context archive(String driverDirectory, Path recordings, Path marks) {
        return new Archive.Context()
                .aeronDirectoryName(driverDirectory)
                .archiveDir(recordings.toFile())
                .markFileDir(marks.toFile())
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(AeronContexts::idleStrategy)
                .archiveClientContext(
                        new AeronArchive.Context().controlResponseChannel(CONTROL_CHANNEL))
                .localControlChannel(CONTROL_CHANNEL)
                .recordingEventsEnabled(false)
                // What it couldn't say for so long ends a client's session for good.
                .connectTimeoutNs(TimeUnit.SECONDS.toNanos(LIVENESS_SECONDS))
                .sessionLivenessCheckIntervalNs(TimeUnit.HOURS.toNanos(ARCHIVE_PING_HOURS))
                .segmentFileLength(EmbeddedDriver.SEGMENT_LENGTH_BYTES)
                // Tells a record that a kill tore in two from a whole one.
                .recordChecksum(new RecordChecksum())
                .errorHandler(e -> LOG.warn("The Archive reports", e));
    }

    static Aeron.Context client(String driverDirectory) {
        return new Aeron.Context()
                .aeronDirectoryName(driverDirectory)
                .driverTimeoutMs(TimeUnit.SECONDS.toMillis(LIVENESS_SECONDS))
                .idleStrategy(noticing())
                .awaitingIdleStrategy(idleStrategy())
                .errorHandler(e -> LOG.warn("The Aeron client reports", e));
    }

    static AeronArchive.Context archiveClient(Aeron aeron) {
        return new AeronArchive.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .controlRequestChannel(CommonContext.IPC_CHANNEL)
                .controlRequestStreamId(AeronArchive.Configuration.localControlStreamId())
                .controlResponseChannel(CONTROL_CHANNEL)
                .controlTermBufferLength(64 << 10)
                .idleStrategy(idleStrategy())
                .messageTimeoutNs(TimeUnit.SECONDS.toNanos(ANSWER_TIMEOUT_SECONDS))
                .errorHandler(e -> LOG.warn("The Archive's client reports", e));
    }
}
