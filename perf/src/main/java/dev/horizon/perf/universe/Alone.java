package dev.horizon.perf.universe;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.LaterEvents;
import dev.horizon.engine.dispatch.RegisteredTask;
import dev.horizon.engine.dispatch.ServicePort;

/** The one node of a universe: no other offers anything, and there is no loop for later ticks. */
record Alone(EventBus events) implements LaterEvents, ServicePort {
    private static final int NODE = 1;

    @Override
    public void after(long ticks, Record event) {
        LaterEvents.NONE.after(ticks, event);
    }

    @Override
    public void start(RegisteredTask<?, ?> task, Record input) {
        LaterEvents.NONE.start(task, input);
    }

    @Override
    public ServicePort services() {
        return this;
    }

    @Override
    public int node() {
        return NODE;
    }

    @Override
    public int[] offering(String type) {
        return events.services().has(type) ? new int[] {NODE} : new int[0];
    }

    @Override
    public int serving(String type, long key, int[] offering) {
        return NODE;
    }

    @Override
    public void post(String type, Record event, int... nodes) {
        // What goes to this node itself is emitted, not posted.
    }
}
