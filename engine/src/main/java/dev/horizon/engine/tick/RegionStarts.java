package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Region;
import java.util.List;

/** Tells plugins in a world's first tick which regions it has. Tick thread. */
final class RegionStarts {
    private final EventBus events;
    private final WorldState world;
    private List<Region> waiting;

    RegionStarts(TickLoopBuilder from) {
        events = from.events;
        world = from.world;
        waiting = from.state == null ? from.regions : List.of();
    }

    void run() {
        if (waiting.isEmpty()) {
            return; // without an iterator, in every tick but the first
        }
        for (Region region : waiting) {
            events.dispatch(new RegionStarted(region));
            world.apply();
        }
        waiting = List.of();
    }
}
