package dev.horizon.engine.tick;

import dev.horizon.engine.ports.InputSource;
import org.agrona.DirectBuffer;

/** Lets inputs into a tick's batch, but for those that no tick may read. Tick thread. */
final class InputGate {
    private final InputBatch batch;
    private final Departures departures;
    private final PluginChanges changes;
    private final TickMetrics metrics;
    private long tick;

    /** For the loop's own inputs. */
    final InputSource.InputHandler inner = this::onInput;

    /** For those of other processes, which can't exchange plugins or move entities. */
    final InputSource.InputHandler outer = this::onOutsideInput;

    InputGate(InputBatch batch, Departures departures, PluginChanges changes, TickMetrics metrics) {
        this.batch = batch;
        this.departures = departures;
        this.changes = changes;
        this.metrics = metrics;
    }

    /** Opens for the tick behind this one. */
    void open(long lastTick) {
        tick = lastTick;
        batch.clear();
    }

    private boolean onOutsideInput(DirectBuffer buffer, int offset, int length) {
        if (changes.isForged(buffer, offset, length)) {
            metrics.increment(Counter.INPUTS_MALFORMED);
            return true;
        }
        return onInput(buffer, offset, length);
    }

    private boolean onInput(DirectBuffer buffer, int offset, int length) {
        if (batch.isTooLong(length)) {
            metrics.increment(Counter.INPUTS_OVERSIZED);
            return true;
        }
        return !departures.isBehind(buffer, offset, length, tick)
                && batch.add(buffer, offset, length);
    }
}
