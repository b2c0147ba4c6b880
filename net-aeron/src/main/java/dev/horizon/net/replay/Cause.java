package dev.horizon.net.replay;

import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.net.replay.Entities.Change;
import dev.horizon.net.replay.Lockstep.Parting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What made two runs of a tick come to different worlds: found by running that tick again, piece of
 * code by piece of code.
 *
 * @param tick the first that differs
 * @param how what was compared with what
 * @param writers handlers, commands or systems that wrote the difference: one where the two runs
 *     could be compared after each, else all that wrote to what differs
 * @param components that differ
 * @param changes fields that differ, of both runs; empty where only the hash of one of them is
 *     known
 */
public record Cause(
        long tick, How how, List<String> writers, List<String> components, List<Change> changes) {
    /** Runs of one tick from one world: what depends on chance shows in some of them. */
    private static final int ATTEMPTS = 6;

    /** How often a replay may part from the tape earlier than the one before. */
    private static final int EARLIER_MAX = 8;

    /** What was compared with what. */
    public enum How {
        /** Two runs, after each piece of code. */
        SIDE_BY_SIDE,
        /** One run with the recorded hashes of the tick's end. */
        RECORDED_HASHES,
        /** Nothing: the tick couldn't be run again from the world before it. */
        UNKNOWN
    }

    /** Copies the lists. */
    public Cause {
        writers = List.copyOf(writers);
        components = List.copyOf(components);
        changes = List.copyOf(changes);
    }

    /**
     * Of two tapes that part.
     *
     * @param limit of the fields that are named
     */
    public static Cause of(Divergence parting, TapeSource one, TapeSource other, int limit) {
        long tick = parting.tick();
        try (Rerun left = one.at(tick - 1);
                Rerun right = other.at(tick - 1)) {
            if (left.hash() != right.hash()) {
                TapeSource doubtful = left.difference() == null ? other : one;
                Cause cause = find(doubtful, limit);
                return cause == null ? unknown(parting) : cause;
            }
            Parting found =
                    Lockstep.run(
                            left.runner(),
                            left.nextInputs(),
                            right.runner(),
                            right.nextInputs(),
                            limit);
            if (found != null) {
                return sideBySide(tick, found);
            }
            // Run again they come to the same: what one of them recorded doesn't come back.
            TapeSource doubtful = left.runner().hash() == left.next().hash() ? other : one;
            Cause cause = find(doubtful, limit);
            return cause == null ? unknown(parting) : cause;
        }
    }

    /**
     * Of a tape and this build.
     *
     * @return null when every tick of the tape comes to what is recorded
     */
    public static @Nullable Cause find(TapeSource source, int limit) {
        long tick;
        try (Rerun rerun = source.start()) {
            while (rerun.difference() == null && rerun.step()) {
                // The step compares.
            }
            Difference difference = rerun.difference();
            if (difference == null) {
                return null;
            }
            tick = difference.tick();
        }
        for (int i = 0; i < EARLIER_MAX; i++) {
            try (Rerun before = source.at(tick - 1)) {
                Difference earlier = before.difference();
                if (earlier == null) {
                    return find(source, before, limit);
                }
                tick = earlier.tick();
            }
        }
        return new Cause(tick, How.UNKNOWN, List.of(), List.of(), List.of());
    }

    /** The replay stands before the tick that comes to something else. */
    private static Cause find(TapeSource source, Rerun before, int limit) {
        Moment moment = before.runner().moment();
        TickInputs inputs = before.nextInputs();
        long tick = before.next().number();
        for (int i = 0; i < ATTEMPTS; i++) {
            // Once on the tape's own threads, once on two over which all is spread.
            try (TickRunner one = runner(source, before, moment);
                    TickRunner other = runner(source.spread(2), before, moment)) {
                Parting found = Lockstep.run(one, inputs, other, inputs, limit);
                if (found != null) {
                    return sideBySide(tick, found);
                }
            }
        }
        return byHashes(source, before, moment);
    }

    private static TickRunner runner(TapeSource source, Rerun before, Moment moment) {
        return TickRunner.of(
                moment,
                source.file().header(),
                before.setup(),
                source.plugins(),
                source.runnerThreads(),
                before.next().number());
    }

    /** What is known when all runs agree with each other, and not with the tape. */
    private static Cause byHashes(TapeSource source, Rerun before, Moment moment) {
        TickInputs inputs = before.nextInputs();
        long tick = before.next().number();
        try (TickRunner alone = runner(source, before, moment)) {
            Map<String, TreeSet<String>> wrote = new LinkedHashMap<>();
            Map<String, Long> last = new LinkedHashMap<>(alone.columns());
            TickWatcher watcher = name -> note(name, alone, last, wrote);
            alone.watch(watcher);
            alone.run(inputs);
            before.step();
            List<String> components = before.differing(alone.columns());
            List<String> writers = new ArrayList<>();
            wrote.forEach((name, written) -> {
                if (components.isEmpty() || written.stream().anyMatch(components::contains)) {
                    writers.add(name);
                }
            });
            return new Cause(tick, How.RECORDED_HASHES, writers, components, List.of());
        }
    }

    private static void note(
            String name,
            TickRunner runner,
            Map<String, Long> last,
            Map<String, TreeSet<String>> wrote) {
        Map<String, Long> now = runner.columns();
        List<String> written = Lockstep.differing(last, now);
        if (!written.isEmpty()) {
            wrote.computeIfAbsent(name, key -> new TreeSet<>()).addAll(written);
            last.putAll(now);
        }
    }

    private static Cause sideBySide(long tick, Parting found) {
        return new Cause(
                tick, How.SIDE_BY_SIDE, found.writers(), found.components(), found.changes());
    }

    private static Cause unknown(Divergence parting) {
        return new Cause(parting.tick(), How.UNKNOWN, List.of(), parting.components(), List.of());
    }
}
