package dev.horizon.engine.systems;

/**
 * A system that sees all its tables at once and runs alone over them, on one thread: it rebuilds
 * derived objects and applies effects to entities by id, in a defined order.
 */
@FunctionalInterface
public interface ExclusiveTask {
    /** Runs once per tick. Allocates nothing, keeps nothing beyond the call. */
    void run(Sweep sweep, Tick tick);
}
