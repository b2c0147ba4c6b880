package dev.horizon.net.replay;

import dev.horizon.net.replay.Entities.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a tick with other code, other settings or other inputs: both run on from one world,
 * side by side, as far as asked for, beyond the tape's end too.
 *
 * @param from the last tick that both share
 * @param to the last that was run
 * @param firstDifferent the first that came to something else; null when none did
 * @param firstComponents that differ then
 * @param entities how many differ at the end, by component
 * @param changes fields that differ at the end, at most so many as were asked for
 */
public record Fork(
        long from,
        long to,
        @Nullable Long firstDifferent,
        List<String> firstComponents,
        Map<String, Integer> entities,
        List<Change> changes) {
    /** Copies the collections. */
    public Fork {
        firstComponents = List.copyOf(firstComponents);
        changes = List.copyOf(changes);
    }

    /**
     * Runs both.
     *
     * @param recorded the tape as it was
     * @param other the same tape with other plugins, or its own
     * @param setup what the other's plugins are configured with; the tape's own if null
     * @param limit of the fields that are named
     */
    public static Fork run(
            TapeSource recorded,
            TapeSource other,
            @Nullable TapeSetup setup,
            InputEdits edits,
            long at,
            int ticks,
            int limit) {
        try (Rerun base = recorded.at(at)) {
            TapeSetup otherSetup = setup == null ? base.setup() : setup;
            try (TickRunner branch =
                    TickRunner.of(
                            base.runner().moment(),
                            recorded.file().header(),
                            otherSetup,
                            other.plugins(),
                            other.runnerThreads(),
                            base.hasNext() ? base.next().number() : at + 1)) {
                return run(base, branch, edits, at, ticks, limit);
            }
        }
    }

    private static Fork run(
            Rerun base, TickRunner branch, InputEdits edits, long at, int ticks, int limit) {
        TickRunner trunk = base.runner();
        Long first = null;
        List<String> firstComponents = List.of();
        for (int i = 0; i < ticks; i++) {
            boolean isOnTape = base.hasNext();
            TickInputs inputs = isOnTape ? base.nextInputs() : TickInputs.of(List.of());
            branch.run(edits.apply(inputs, branch));
            if (isOnTape) {
                base.step();
            } else {
                trunk.run(inputs);
            }
            if (first == null) {
                firstComponents = Lockstep.differing(trunk.columns(), branch.columns());
                first = firstComponents.isEmpty() ? null : trunk.tick();
            }
        }
        List<String> differing = Lockstep.differing(trunk.columns(), branch.columns());
        List<Change> changes =
                Entities.difference(
                        Entities.having(trunk.world(), differing),
                        Entities.having(branch.world(), differing),
                        Integer.MAX_VALUE);
        return new Fork(
                at,
                trunk.tick(),
                first,
                firstComponents,
                counts(changes),
                changes.subList(0, Math.min(limit, changes.size())));
    }

    private static Map<String, Integer> counts(List<Change> changes) {
        Map<String, TreeSet<Long>> entities = new TreeMap<>();
        for (Change change : new ArrayList<>(changes)) {
            entities.computeIfAbsent(change.component(), key -> new TreeSet<>())
                    .add(change.entity().value());
        }
        Map<String, Integer> counts = new TreeMap<>();
        entities.forEach((component, ids) -> counts.put(component, ids.size()));
        return counts;
    }
}
