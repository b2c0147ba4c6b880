package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.SnapshotFile;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.driver.EmbeddedDriver;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tapes tell without being run. */
public final class Tapes {
    private Tapes() {}

    /** True when a tape has the inputs of at least one tick. */
    public static boolean isBegun(TapeFile tape) {
        if (!tape.snapshots().isEmpty()
                && tape.snapshots().getLast().tick() >= tape.header().firstTick()) {
            return true;
        }
        try (TapeCursor cursor = new TapeCursor(tape)) {
            return cursor.next() || cursor.isUnfinished();
        }
    }

    /**
     * What the last of some tapes says of its node as of its end; null where none has begun.
     *
     * @throws HorizonException HZ-TAPE-008 for a tape of a version that said nothing
     */
    public static @Nullable TapeSetup lastSetup(List<TapeFile> tapes) {
        for (TapeFile tape : tapes.reversed()) {
            if (isBegun(tape)) {
                return setup(tape);
            }
        }
        return null;
    }

    /**
     * Makes sure that no tape is gone of which snapshots are left, and which is later than all that
     * are there: who takes the one before it for the last loses ticks that clients saw.
     *
     * @param tapes those that are there
     * @throws HorizonException HZ-TAPE-013 when one is gone
     */
    public static void requireLatest(Path dataDirectory, List<TapeFile> tapes) {
        long last = tapes.isEmpty() ? -1 : tapes.getLast().recordingId();
        for (SnapshotFile snapshot : SnapshotFile.list(dataDirectory)) {
            if (snapshot.tapeId() > last) {
                throw new HorizonException(
                        "HZ-TAPE-013",
                        snapshot.path()
                                + " is of tape "
                                + snapshot.tapeId()
                                + ", of which "
                                + EmbeddedDriver.recordings(dataDirectory)
                                + " has no file "
                                + snapshot.tapeId()
                                + "-0.rec or later: restore its files from a backup; or begin a new"
                                + " world with --new-world");
            }
        }
    }

    /**
     * What a tape says of its node as of its end.
     *
     * @throws HorizonException HZ-TAPE-008 for a tape of a version that said nothing
     */
    public static TapeSetup setup(TapeFile tape) {
        return setup(tape, Long.MAX_VALUE);
    }

    /**
     * What a tape says of its node as of a tick.
     *
     * @throws HorizonException HZ-TAPE-008 for a tape of a version that said nothing
     */
    public static TapeSetup setup(TapeFile tape, long tick) {
        Snapshot snapshot = Beginnings.of(tape, tick);
        try (TapeCursor cursor =
                snapshot == null ? new TapeCursor(tape) : new TapeCursor(tape, snapshot)) {
            while (cursor.next()) {
                if (cursor.tick().number() >= tick) {
                    break;
                }
            }
            return cursor.setupOfTick();
        }
    }

    /**
     * The last tick that a tape has whole; reads what is behind its last snapshot.
     *
     * @throws HorizonException HZ-TAPE-005, 006, 013 where that is damaged
     */
    public static long lastTick(TapeFile tape) {
        Snapshot from = Beginnings.of(tape, Long.MAX_VALUE);
        long last = from == null ? tape.header().firstTick() - 1 : from.tick();
        try (TapeCursor cursor = from == null ? new TapeCursor(tape) : new TapeCursor(tape, from)) {
            while (cursor.next()) {
                last = cursor.tick().number();
            }
        }
        return last;
    }

    /** The snapshot behind which a tape has no tick; null when there is none. */
    public static @Nullable Snapshot atEnd(TapeFile tape) {
        if (tape.snapshots().isEmpty()) {
            return null;
        }
        Snapshot last = tape.snapshots().getLast().load();
        try (TapeCursor cursor = new TapeCursor(tape, last)) {
            return cursor.next() || cursor.isUnfinished() ? null : last;
        }
    }
}
