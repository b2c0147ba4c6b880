package dev.horizon.net.standby;

import dev.horizon.schemas.standby.StandbyAlarmDecoder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standby that came to another world: says so, and gives it the snapshot in which the field can
 * be seen. One thread, but for what is said.
 */
final class AlarmDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmDesk.class);
    private static final long NONE = -1;
    private static final long SAID = Long.MAX_VALUE;

    private final CopySource source;
    private final Runnable askSnapshot;
    private long wantedBehind = NONE;
    private volatile String last = "";

    AlarmDesk(CopySource source, Runnable askSnapshot) {
        this.source = source;
        this.askSnapshot = askSnapshot;
    }

    /** Another life of a standby. */
    void begin() {
        wantedBehind = NONE;
        last = "";
    }

    /** What this or the last life alarmed of: empty when nothing. Any thread. */
    String last() {
        return last;
    }

    void heard(StandbyAlarmDecoder from) {
        long tick = from.tick();
        last = "tick " + tick + ": " + from.text();
        LOG.error(
                "HZ-STB-003: the standby came to another world: {}; 'horizon replay divergence' on"
                        + " both folders finds the code that wrote it",
                last);
        if (wantedBehind == NONE) {
            wantedBehind = tick;
            askSnapshot.run();
        }
    }

    /** Says the snapshot once it is there. */
    void sayWanted(@Nullable Voice to, long life) {
        if (wantedBehind == NONE || wantedBehind == SAID || to == null) {
            return;
        }
        CopySource.Found found = source.snapshotBehind(wantedBehind);
        if (found != null) {
            wantedBehind = SAID;
            Thread.ofVirtual().start(() -> to.part(life, Voice.SNAPSHOT, found.bytes()));
        }
    }
}
