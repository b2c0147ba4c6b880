package dev.horizon.net.replay;

import dev.horizon.engine.budget.CostBudget;
import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.net.archive.Snapshot;
import dev.horizon.net.archive.TapeFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * The last ticks of a tape, run with other plugins: those that ran bring the world to the first of
 * them, and the others take their place as in a node, with what waits and what is there. What a
 * tick comes to isn't compared, for other code may do other things; what throws is told. One
 * thread; {@link #tick} and {@link #running} are for any.
 */
public final class Trial implements AutoCloseable {
    private final TapeCursor cursor;
    private final TickRunner runner;
    private final TapeSetup candidate;
    private final Set<String> changed = new LinkedHashSet<>();
    private final List<QuarantineReport> faults = new ArrayList<>();
    private final long from;
    private boolean hasNext;
    private volatile long tick;

    private Trial(TapeCursor cursor, TickRunner runner, TapeSetup candidate) {
        this.cursor = cursor;
        this.runner = runner;
        this.candidate = candidate;
        from = runner.tick() + 1;
        tick = runner.tick();
        hasNext = true;
        candidate.plugins().stream()
                .filter(plugin -> !cursor.setupOfTick().plugins().contains(plugin))
                .forEach(plugin -> changed.add(plugin.name()));
    }

    /**
     * Prepares to run at least so many of a tape's last ticks, from a snapshot on, or all that it
     * has.
     *
     * @param source whose plugins are loaded for any setup, also the candidate's
     * @param candidate what a tape would say of the node with the other plugins
     * @param costs what the candidate may cost; time here isn't that of a node
     * @return null where the tape has no whole tick behind a snapshot
     * @throws dev.horizon.engine.plugin.HorizonException HZ-TAPE-005 to 013 when the tape or its
     *     jars don't allow it
     */
    public static @Nullable Trial of(
            TapeSource source, TapeSetup candidate, long ticks, CostBudget costs) {
        TapeFile file = source.file();
        Snapshot snapshot = Beginnings.of(file, Tapes.lastTick(file) - ticks);
        TapeCursor cursor =
                snapshot == null ? new TapeCursor(file) : new TapeCursor(file, snapshot);
        try {
            if (!cursor.next()) {
                cursor.close();
                return null;
            }
            TickRunner runner =
                    TickRunner.measured(
                            snapshot == null ? null : Moment.of(snapshot),
                            file.header(),
                            cursor.setup(),
                            source.plugins(),
                            source.runnerThreads(),
                            cursor.tick().number(),
                            costs);
            return new Trial(cursor, runner, candidate);
        } catch (RuntimeException e) {
            cursor.close();
            throw e;
        }
    }

    /**
     * Runs the next tick.
     *
     * @return false at the tape's end, or where something threw
     * @throws dev.horizon.engine.plugin.HorizonException HZ-WLD-… or HZ-SYS-… when a node would
     *     refuse the candidate
     */
    public boolean step() {
        if (!hasNext) {
            return false;
        }
        long number = cursor.tick().number();
        runner.run(cursor.inputs().with(number == from ? candidate : null, number));
        boolean wasSound = cursor.tick().faults() == 0;
        for (QuarantineReport report : runner.faults()) {
            boolean isNew = wasSound || changed.contains(report.plugin());
            if (report.tick() == number && isNew) {
                faults.add(report);
            }
        }
        // Others were tried when they were loaded, and say what they cost where they run.
        for (QuarantineReport report : runner.overruns()) {
            if (report.tick() == number && changed.contains(report.plugin())) {
                faults.add(report);
            }
        }
        tick = number;
        hasNext = faults.isEmpty() && cursor.next();
        return hasNext;
    }

    /** The first tick. */
    public long from() {
        return from;
    }

    /** The last that was run; before the first, the one before it. */
    public long tick() {
        return tick;
    }

    /** What threw, or was beyond a budget, in the last tick that was run. */
    public List<QuarantineReport> faults() {
        return List.copyOf(faults);
    }

    /** Code that runs now, or null. */
    public @Nullable RunningCode running() {
        return runner.running();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(runner, cursor);
    }
}
