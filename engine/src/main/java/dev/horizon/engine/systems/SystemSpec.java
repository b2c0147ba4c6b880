package dev.horizon.engine.systems;

import org.jspecify.annotations.Nullable;

/**
 * A system as registered: exactly one of the two tasks is set.
 *
 * @param name within its plugin, kebab-case; qualified as {@code plugin/name} elsewhere
 * @param stage when it runs
 * @param access what it touches
 * @param task code per range, or null
 * @param exclusive code over all tables, or null
 * @param everyTicks runs when the tick number is divisible by this; 1 for every tick
 */
public record SystemSpec(
        String name,
        Stage stage,
        Access access,
        @Nullable SystemTask task,
        @Nullable ExclusiveTask exclusive,
        int everyTicks) {
    /** Refuses a spec without a task, with two, or with a period below 1. */
    public SystemSpec {
        if ((task == null) == (exclusive == null)) {
            throw new IllegalArgumentException("system " + name + " needs exactly one task");
        }
        if (everyTicks < 1) {
            throw new IllegalArgumentException(
                    "system " + name + ": everyTicks is " + everyTicks + ", at least 1 is needed");
        }
    }

    /** A system over ranges, every tick. */
    public static SystemSpec of(String name, Stage stage, Access access, SystemTask task) {
        return new SystemSpec(name, stage, access, task, null, 1);
    }

    /** An exclusive system, every tick. */
    public static SystemSpec exclusive(
            String name, Stage stage, Access access, ExclusiveTask task) {
        return new SystemSpec(name, stage, access, null, task, 1);
    }

    /** The same system, run only when the tick number is divisible by {@code ticks}. */
    public SystemSpec every(int ticks) {
        return new SystemSpec(name, stage, access, task, exclusive, ticks);
    }
}
