package dev.horizon.net.replay;

import dev.horizon.engine.dispatch.QuarantineReport;
import dev.horizon.engine.plugin.HorizonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a tick went.
 *
 * @param tick its number
 * @param hash of the world as it came out
 * @param recordedHash as the tape has it
 * @param entities in the world
 * @param millis of real time that it took on the node, 0 where the tape doesn't say
 * @param inputs what it read from outside, in order
 * @param changed components of which a row changed
 * @param faults what threw in it
 */
public record TickSummary(
        long tick,
        String hash,
        String recordedHash,
        int entities,
        double millis,
        List<String> inputs,
        List<String> changed,
        List<String> faults) {
    /** Copies the lists. */
    public TickSummary {
        inputs = List.copyOf(inputs);
        changed = List.copyOf(changed);
        faults = List.copyOf(faults);
    }

    /**
     * Runs the next tick of a replay.
     *
     * @throws HorizonException HZ-TAPE-020 at the tape's end
     */
    public static TickSummary ofNext(Rerun rerun) {
        List<String> inputs = InputText.ofNext(rerun);
        if (!rerun.step()) {
            throw new HorizonException("HZ-TAPE-020", "the tape ends with tick " + rerun.tick());
        }
        Tick recorded = Objects.requireNonNull(rerun.recorded());
        Set<String> changed = new TreeSet<>();
        recorded.columns()
                .keySet()
                .forEach(number -> changed.add(rerun.setup().components().get(number)));
        List<String> faults = new ArrayList<>();
        for (QuarantineReport report : rerun.faults()) {
            if (report.tick() == rerun.tick()) {
                faults.add(
                        report.name()
                                + " at "
                                + report.event()
                                + ": "
                                + report.stack().lines().findFirst().orElse(""));
            }
        }
        return new TickSummary(
                rerun.tick(),
                hex(rerun.hash()),
                hex(recorded.hash()),
                rerun.world().entities(),
                recorded.nanos() / 1e6,
                inputs,
                List.copyOf(changed),
                // Plugins that ran the tick before, on the way back to it, report again.
                faults.stream().distinct().toList());
    }

    /** True when it came to what the tape says. */
    public boolean isAsRecorded() {
        return hash.equals(recordedHash);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "tick %d: hash %s, %s; %,d entities; %s",
                        tick,
                        hash,
                        isAsRecorded() ? "as recorded" : "recorded " + recordedHash,
                        entities,
                        millis > 0
                                ? String.format(Locale.ROOT, "it took %.2f ms", millis)
                                : "the tape doesn't say what it took"));
        inputs.forEach(input -> lines.add("  reads   " + input));
        lines.add("  changed " + (changed.isEmpty() ? "nothing" : String.join(", ", changed)));
        faults.forEach(fault -> lines.add("  threw   " + fault));
        return lines;
    }

    private static String hex(long hash) {
        return String.format(Locale.ROOT, "%016x", hash);
    }
}
