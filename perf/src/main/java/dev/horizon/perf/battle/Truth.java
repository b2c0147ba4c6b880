package dev.horizon.perf.battle;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.perf.stage.TimedEncoder.TickListener;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where everything really was in the last ticks. Written by the tick thread when a tick's changes
 * are done, read by clients that were sent something of that tick, which is later.
 */
final class Truth implements TickListener {
    private static final int TICKS_KEPT = 128;
    private static final int VALUES = 7;
    private static final long MISSING = -1;

    private final WorldState world;
    private final Moment[] moments = new Moment[TICKS_KEPT];

    /** One tick: index by entity, and seven values each: place and attitude. */
    private static final class Moment {
        private volatile long tick;
        private final Long2LongHashMap index = new Long2LongHashMap(MISSING);
        private double[] values = new double[VALUES * 256];
    }

    Truth(WorldState world) {
        this.world = world;
        for (int i = 0; i < TICKS_KEPT; i++) {
            moments[i] = new Moment();
        }
    }

    @Override
    public void onTick(long tick) {
        Moment moment = moments[(int) (tick % TICKS_KEPT)];
        synchronized (moment) {
            moment.index.clear();
            for (int ordinal = 0; ordinal < world.tableCount(); ordinal++) {
                keep(moment, world.table(ordinal));
            }
            moment.tick = tick;
        }
    }

    private static void keep(Moment moment, Table table) {
        PositionColumn position = table.column(PositionColumn.TYPE);
        if (position == null) {
            return;
        }
        AttitudeColumn attitude = table.column(AttitudeColumn.TYPE);
        for (int row = 0; row < table.size(); row++) {
            int at = moment.index.size() * VALUES;
            if (at + VALUES > moment.values.length) {
                moment.values = java.util.Arrays.copyOf(moment.values, 2 * moment.values.length);
            }
            double[] values = moment.values;
            moment.index.put(table.entityAt(row), at);
            values[at] = position.x[row];
            values[at + 1] = position.y[row];
            values[at + 2] = position.z[row];
            values[at + 3] = attitude == null ? 0 : attitude.qx[row];
            values[at + 4] = attitude == null ? 0 : attitude.qy[row];
            values[at + 5] = attitude == null ? 0 : attitude.qz[row];
            values[at + 6] = attitude == null ? 1 : attitude.qw[row];
        }
    }

    /** Entities of a tick. */
    void ids(long tick, List<Long> into) {
        Moment moment = moments[(int) (tick % TICKS_KEPT)];
        synchronized (moment) {
            moment.index.forEachLong((id, at) -> into.add(id));
        }
    }

    /** Place and attitude of an entity at a tick; null where it wasn't, or is too long ago. */
    double @Nullable [] of(long entity, long tick, double[] into) {
        Moment moment = moments[(int) (tick % TICKS_KEPT)];
        synchronized (moment) {
            long at = moment.tick == tick ? moment.index.get(entity) : MISSING;
            if (at == MISSING) {
                return null;
            }
            System.arraycopy(moment.values, (int) at, into, 0, VALUES);
            return into;
        }
    }
}
