package dev.horizon.engine.schedule;

/** Hears of systems that threw; called on the tick thread, once per system and tick. */
@FunctionalInterface
public interface SystemFaultListener {
    /**
     * A system threw. All its ranges finished, its commands and effects of this tick are dropped,
     * and it is skipped until it is lifted.
     *
     * @param system qualified name
     * @param tick the tick
     * @param fault what its lowest throwing range threw; a {@link VirtualMachineError} (stack,
     *     memory) isn't deterministic, any other is
     */
    void systemFailed(String system, long tick, Throwable fault);
}
