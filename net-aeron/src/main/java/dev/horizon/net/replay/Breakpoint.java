package dev.horizon.net.replay;

import dev.horizon.engine.query.Condition;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.net.replay.Entities.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.collections.LongHashSet;

/** Stops a replay where an entity begins to fulfil a condition. */
public final class Breakpoint {
    private final Condition condition;
    private final Set<String> components;
    private LongHashSet fulfilling = new LongHashSet();

    /** At which what fulfils it in this world already doesn't stop. */
    public Breakpoint(Condition condition, WorldState before) {
        this.condition = condition;
        components = condition.components();
        begun(before);
    }

    /** The components that it reads. */
    public Set<String> components() {
        return components;
    }

    /** The entities that fulfil it now and didn't when it was looked at last. */
    public List<Shown> begun(WorldState world) {
        List<Shown> begun = new ArrayList<>();
        LongHashSet now = new LongHashSet(fulfilling.size());
        Entities.scan(
                world,
                condition,
                (table, row) -> {
                    long id = table.entityAt(row);
                    now.add(id);
                    if (!fulfilling.contains(id)) {
                        begun.add(Entities.shown(table, row, components));
                    }
                    return true;
                });
        fulfilling = now;
        return begun;
    }

    /**
     * Runs on until an entity begins to fulfil it.
     *
     * @param last tick that is looked at
     * @return those entities at the tick at which the replay stands now; empty where there were
     *     none
     */
    public List<Shown> runUntil(Rerun rerun, long last) {
        List<Shown> begun = List.of();
        while (begun.isEmpty() && rerun.tick() < last && rerun.step()) {
            begun = begun(rerun.world());
        }
        return begun;
    }
}
