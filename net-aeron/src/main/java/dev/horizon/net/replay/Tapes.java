package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.TapeFile;
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
     * What a tape says of its node.
     *
     * @throws HorizonException HZ-TAPE-008 for a tape of a version that said nothing
     */
    public static TapeSetup setup(TapeFile tape) {
        Snapshot snapshot = Beginnings.of(tape, Long.MAX_VALUE);
        if (snapshot != null) {
            return TapeSetup.decode(snapshot.setup());
        }
        try (TapeCursor cursor = new TapeCursor(tape)) {
            cursor.next();
            return cursor.setup();
        }
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
