package dev.horizon.net.replay;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.TapeFile;
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
