package dev.horizon.engine.schedule;

import dev.horizon.engine.budget.Ledger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What systems took of a tick on one thread, by place in the plan. */
final class LaneCount {
    final int[] events;
    final int[] entities;
    final long[] bytes;

    /** False where nobody asks for bytes: to ask costs some ten nanoseconds. */
    boolean measures;

    /** When the system before had ended, or none had begun in this tick. */
    private long bytesBefore;

    private boolean isAnyRun;

    LaneCount(int systems) {
        events = new int[systems];
        entities = new int[systems];
        bytes = new long[systems];
    }

    void clear() {
        Arrays.fill(events, 0);
        Arrays.fill(entities, 0);
        Arrays.fill(bytes, 0);
        isAnyRun = false;
    }

    /** Asks once a tick: between two systems, nothing is allocated. */
    void begin() {
        if (measures && !isAnyRun) {
            bytesBefore = Ledger.allocatedBytes();
            isAnyRun = true;
        }
    }

    void end(int system) {
        if (measures) {
            long now = Ledger.allocatedBytes();
            bytes[system] += now - bytesBefore;
            bytesBefore = now;
        }
    }

    /** Counts what all threads took for a system; returns what it threw, or why it was too much. */
    static @Nullable Throwable charge(Lane[] lanes, PlannedSystem system) {
        int events = 0;
        int entities = 0;
        long nanos = 0;
        long bytes = 0;
        for (Lane lane : lanes) {
            events += lane.count.events[system.order];
            entities += lane.count.entities[system.order];
            nanos += lane.nanos[system.order];
            bytes += lane.count.bytes[system.order];
        }
        system.account.cost(nanos, bytes);
        Throwable thrown = system.takeFault();
        // Of one that threw, nothing comes about.
        return thrown == null ? system.account.charge(events, entities) : thrown;
    }
}
