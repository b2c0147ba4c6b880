package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.Quarantine;
import dev.horizon.engine.schedule.SystemFaultListener;

/** Keeps what systems threw beside what handlers did. Tick thread. */
record SystemFaults(Quarantine quarantine, TickMetrics metrics) implements SystemFaultListener {
    @Override
    public void systemFailed(String system, long tick, Throwable fault) {
        metrics.increment(Counter.SYSTEM_FAULTS);
        int slash = system.indexOf('/');
        String plugin = slash < 0 ? system : system.substring(0, slash);
        quarantine.add(system, plugin, tick, "tick " + tick, fault);
    }
}
