package dev.horizon.tools.node;

import dev.horizon.engine.dispatch.Quarantine;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.ports.RunningCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a candidate that was tried on the last ticks, as one process tells another in JSON.
 *
 * @param from the first tick; 0 where there was none
 * @param to the last that was run
 * @param faults what threw, was beyond a budget or didn't return
 * @param code of what refused the candidate as a whole; null where nothing did
 * @param message of the same
 */
public record TrialOutcome(
        long from,
        long to,
        List<QuarantineReport> faults,
        @Nullable String code,
        @Nullable String message) {
    /** Copies the list. */
    public TrialOutcome {
        faults = List.copyOf(faults);
    }

    /** It was run. */
    public static TrialOutcome of(long from, long to, List<QuarantineReport> faults) {
        return new TrialOutcome(from, to, faults, null, null);
    }

    /** It doesn't fit. */
    public static TrialOutcome refused(HorizonException reason) {
        return new TrialOutcome(0, 0, List.of(), reason.code(), reason.getMessage());
    }

    /** It didn't return from a tick. */
    public static TrialOutcome hung(long from, long tick, RunningCode code, HorizonException held) {
        Quarantine one = new Quarantine();
        one.add(code.name(), code.plugin(), tick, "tick " + tick, held);
        return of(from, tick, one.reports());
    }

    /** True where nothing speaks against it. */
    public boolean isSound() {
        return faults.isEmpty() && code == null;
    }

    /** Ticks that were run. */
    long ticks() {
        return from == 0 ? 0 : to - from + 1;
    }
}
