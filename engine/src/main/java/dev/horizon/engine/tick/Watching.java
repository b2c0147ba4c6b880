package dev.horizon.engine.tick;

import dev.horizon.engine.ports.SubscriptionSource;
import dev.horizon.engine.ports.SubscriptionSource.SubscriptionHandler;

/**
 * What gateways want to watch, taken before a tick encodes: each so many changes as it has time
 * for, since a channel that is new costs a keyframe. Where a region moves, gateways want all that
 * is in it from its new node at once. Tick thread.
 */
final class Watching {
    private static final int PER_TICK_MIN = 64;
    private static final int PER_TICK_MAX = 4096;

    private final SubscriptionSource source;
    private final SubscriptionHandler handler;
    private final PerTick changes = new PerTick(PER_TICK_MIN, PER_TICK_MAX);
    private int taken;

    Watching(SubscriptionSource source, SubscriptionHandler handler) {
        this.source = source;
        this.handler = handler;
    }

    void poll() {
        taken = source.poll(handler, changes.most());
    }

    void tickDone(double load) {
        changes.tickDone(taken, load);
    }
}
