package dev.horizon.engine.tick;

import dev.horizon.engine.ports.TransferSink.Outcome;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.ParentColumn;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/** Looks what keeps entities from leaving for another node. Tick thread. */
final class Obstacles {
    private final WorldState world;
    private final Jumps jumps;
    private final LongArrayList party = new LongArrayList();
    private final LongArrayList riders = new LongArrayList();

    Obstacles(WorldState world, Jumps jumps) {
        this.world = world;
        this.jumps = jumps;
    }

    /** Why what an order names can't leave as it is; null where it can. */
    @Nullable Outcome to(Handovers.Waiting order) {
        if (!jumps.isFor(order.entity(), order.jump())) {
            return Outcome.OTHERWISE;
        }
        party.clear();
        Jumps.party(world, order.entity(), order.jump(), party);
        Outcome obstacle = null;
        for (int i = 0; i < party.size() && obstacle == null; i++) {
            obstacle = to(party.getLong(i));
        }
        return obstacle;
    }

    private @Nullable Outcome to(long entity) {
        Lookup lookup = world.lookup();
        long location = lookup.locate(entity);
        if (location == Lookup.NOWHERE) {
            return Outcome.ABSENT;
        }
        ParentColumn parents = lookup.column(ParentColumn.TYPE, location);
        if (parents != null && parents.id[Lookup.row(location)] != 0) {
            return Outcome.RIDING;
        }
        riders.clear();
        riders.addLong(entity);
        for (int i = 0; i < riders.size(); i++) {
            long at = lookup.locate(riders.getLong(i));
            if (lookup.column(SessionStateColumn.TYPE, at) != null
                    || lookup.column(PendingEventColumn.TYPE, at) != null) {
                return Outcome.PLAYED;
            }
            long child = lookup.firstChild(riders.getLong(i));
            for (; child != 0; child = lookup.nextSibling(child)) {
                riders.addLong(child);
            }
        }
        return null;
    }
}
