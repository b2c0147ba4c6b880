package dev.horizon.perf.mesh;

import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.systems.Tick;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ticks marked entities, and notes when: it reads a clock, which no plugin of a node may. One for
 * all nodes of a process; each entity is ticked by one of them at a time, or the figure says so.
 */
final class Witness {
    private static final int STATE = 20;

    /** Of its last tick, by index. */
    private final long[] tickedNanos;

    /** Which node did it, by index. */
    private final int[] tickedBy;

    /** Between the last tick at one node and the first at another, by index; 0 before it moves. */
    private final long[] gapNanos;

    private final AtomicInteger moved = new AtomicInteger();

    Witness(int entities) {
        tickedNanos = new long[entities];
        tickedBy = new int[entities];
        gapNanos = new long[entities];
    }

    /** The plugin of one node, whose number is above 0. */
    Plugin of(int node) {
        return (Registrar registrar) -> {
            registrar.components(MarkedColumn.TYPE);
            registrar.system(
                    SystemSpec.of(
                            "witness",
                            Stage.MOVE,
                            Access.none().writing(MarkedColumn.TYPE),
                            (rows, tick) -> note(rows, tick, node)));
        };
    }

    private synchronized void note(Rows rows, Tick tick, int node) {
        MarkedColumn marked = rows.write(MarkedColumn.TYPE);
        long now = System.nanoTime();
        for (int row = rows.from(); row < rows.to(); row++) {
            int index = marked.index[row];
            marked.a[row * STATE + (int) (tick.number() % STATE)] = tick.number();
            if (tickedBy[index] != node && tickedBy[index] != 0) {
                gapNanos[index] = now - tickedNanos[index];
                moved.incrementAndGet();
            }
            tickedBy[index] = node;
            tickedNanos[index] = now;
        }
    }

    /** How many have moved since the last {@link #take}. */
    int moved() {
        return moved.get();
    }

    /** Takes the gaps. */
    synchronized long[] take() {
        moved.set(0);
        return gapNanos.clone();
    }
}
