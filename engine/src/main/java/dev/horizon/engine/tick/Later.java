package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.LaterEvents;
import dev.horizon.engine.dispatch.RegisteredTask;

/** What handlers leave: timers in the world, slow work off the tick, events for services. */
record Later(Timers timers, AsyncDesk async, ServiceEvents services) implements LaterEvents {
    @Override
    public void after(long ticks, Record event) {
        timers.add(ticks, event);
    }

    @Override
    public void start(RegisteredTask<?, ?> task, Record input) {
        async.start(task, input);
    }
}
