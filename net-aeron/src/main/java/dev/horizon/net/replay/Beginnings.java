package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.SnapshotFile;
import dev.horizon.net.archive.TapeFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds where a tape can begin to run. */
final class Beginnings {
    private static final Logger LOG = LoggerFactory.getLogger(Beginnings.class);

    private Beginnings() {}

    /**
     * The last whole snapshot of a tick or an earlier one. A damaged one is passed over, with a
     * warning: it costs nothing but more ticks to run.
     *
     * @return null where the tape is to run from its first tick, in an empty world
     * @throws HorizonException HZ-TAPE-013 when it was pruned and no snapshot is whole
     */
    static @Nullable Snapshot of(TapeFile tape, long tick) {
        // The snapshot of a tape that goes on from another is older than its first tick.
        long latest = Math.max(tick, tape.header().firstTick() - 1);
        for (SnapshotFile file : tape.snapshots().reversed()) {
            Snapshot found = file.tick() <= latest ? load(file) : null;
            if (found != null) {
                return found;
            }
        }
        if (tape.firstPosition() == 0 && !goesOn(tape)) {
            return null;
        }
        for (SnapshotFile file : tape.snapshots()) {
            Snapshot found = load(file);
            if (found != null) {
                return found;
            }
        }
        if (tape.firstPosition() == 0) {
            return null;
        }
        throw new HorizonException(
                "HZ-TAPE-013",
                "the beginning of tape "
                        + tape.recordingId()
                        + " was pruned, and none of its snapshots is whole: restore one from a"
                        + " backup");
    }

    /** A standby's copy of such a tape may lack the snapshot with which it begins. */
    private static boolean goesOn(TapeFile tape) {
        try (TapeCursor cursor = new TapeCursor(tape)) {
            cursor.next();
            return cursor.hasOrigin();
        }
    }

    private static @Nullable Snapshot load(SnapshotFile file) {
        try {
            return file.load();
        } catch (HorizonException damaged) {
            LOG.warn("{}: {}", damaged.code(), damaged.getMessage());
            return null;
        }
    }

    /**
     * For who begins with an empty world, with a cursor that looked for the first tick.
     *
     * @throws HorizonException HZ-TAPE-009 when there is none, HZ-TAPE-013 when the tape goes on
     *     from another
     */
    static void require(TapeFile tape, TapeCursor cursor, boolean isBegun) {
        if (!isBegun) {
            throw new HorizonException(
                    "HZ-TAPE-009",
                    "tape "
                            + tape.recordingId()
                            + " has no whole tick: its node ended before the first was done");
        }
        TapeSetup.Origin origin = cursor.setup().origin();
        if (origin != null) {
            throw new HorizonException(
                    "HZ-TAPE-013",
                    "tape "
                            + tape.recordingId()
                            + " goes on from tape "
                            + origin.tape()
                            + " at tick "
                            + origin.tick()
                            + ", and no snapshot of it is whole: restore one from a backup");
        }
    }
}
