package dev.horizon.net.standby;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.Journal;
import dev.horizon.net.archive.ArchiveTickLog;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.SnapshotFile;
import dev.horizon.net.archive.TapeHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a standby begins with: the last snapshot of the node's tape, and its players' profiles.
 *
 * @param dataDirectory of the node
 * @param tape that it records
 * @param header of the tape
 * @param setup of the tape
 * @param journal of profiles
 * @param isSettled true while no profile waits for the journal
 * @param mesh the node's place in its mesh; null where it is in none
 */
public record CopySource(
        Path dataDirectory,
        ArchiveTickLog tape,
        TapeHeader header,
        byte[] setup,
        Journal journal,
        BooleanSupplier isSettled,
        @Nullable MeshPlace mesh) {
    private static final Logger LOG = LoggerFactory.getLogger(CopySource.class);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A snapshot of the node's tape as it lies on the disk. */
    record Found(Snapshot snapshot, byte[] bytes) {}

    /** The last whole snapshot of the tape behind a tick, or null. */
    @Nullable Found snapshotBehind(long tick) {
        for (SnapshotFile file : SnapshotFile.list(dataDirectory).reversed()) {
            if (file.tapeId() == tape.recordingId() && file.tick() > tick) {
                try {
                    return new Found(file.load(), Files.readAllBytes(file.path()));
                } catch (HorizonException damaged) {
                    LOG.warn("{}: {}", damaged.code(), damaged.getMessage());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return null;
    }

    /**
     * Says all of it.
     *
     * @return the position on the tape from which the standby has to have it, or -1 when the
     *     standby didn't take it
     */
    long sayTo(Voice voice, long life) {
        Found found = snapshotBehind(Long.MIN_VALUE);
        CopyTerms terms =
                new CopyTerms(
                        tape.recordingId(),
                        header,
                        new String(setup, StandardCharsets.UTF_8),
                        found == null ? -1 : found.snapshot().tick(),
                        mesh);
        if (!voice.part(life, Voice.TERMS, terms.encode())) {
            return -1;
        }
        for (byte[] profile : profiles()) {
            if (!voice.part(life, Voice.PROFILE, profile)) {
                return -1;
            }
        }
        byte[] snapshot = found == null ? new byte[0] : found.bytes();
        if (!voice.part(life, Voice.SNAPSHOT, snapshot)) {
            return -1;
        }
        return found == null ? 0 : found.snapshot().position();
    }

    /** Those caused before the snapshot: the standby's own ticks cause the others. */
    private List<byte[]> profiles() {
        long deadline = System.nanoTime() + SETTLE_NANOS;
        do {
            // What the last tick caused may be on its way to the writer's queue.
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (!isSettled.getAsBoolean() && System.nanoTime() < deadline);
        List<byte[]> profiles = new ArrayList<>();
        journal.replay(
                0,
                (position, buffer, offset, length) -> {
                    byte[] record = new byte[length];
                    buffer.getBytes(offset, record);
                    profiles.add(record);
                });
        return profiles;
    }
}
