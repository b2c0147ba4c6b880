package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.LaterEvents;
import dev.horizon.engine.dispatch.RegisteredTask;

/** What handlers leave for later ticks: timers in the world, slow work off the tick. */
record Later(Timers timers, AsyncDesk async) implements LaterEvents {
    @Override
    public void after(long ticks, Record event) {
        timers.add(ticks, event);
    }

    @Override
    public void start(RegisteredTask<?, ?> task, Record input) {
        async.start(task, input);
    }
}
