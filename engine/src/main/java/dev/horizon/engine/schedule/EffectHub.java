package dev.horizon.engine.schedule;

import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;

/** Brings together what all threads emitted of each effect. */
final class EffectHub {
    private final ComponentType<?>[] types;
    private final EffectQueue<?>[] gathered;
    private final EffectLog<?>[][] logs;

    EffectHub(ComponentType<?>[] types, int lanes) {
        this.types = types;
        this.gathered = new EffectQueue<?>[types.length];
        this.logs = new EffectLog<?>[types.length][lanes];
        for (int i = 0; i < types.length; i++) {
            gathered[i] = new EffectQueue<>(types[i]);
            for (int lane = 0; lane < lanes; lane++) {
                logs[i][lane] = new EffectLog<>(types[i]);
            }
        }
    }

    /** The queue that the current range of a lane appends to, at most so much if not 0. */
    @SuppressWarnings("unchecked")
    <C extends Column<?>> Effects<C> current(ComponentType<C> type, int lane, int max) {
        // The queue at a type's place was made for that type.
        EffectQueue<C> queue = (EffectQueue<C>) logs[place(type)][lane].current;
        queue.limit(max);
        return queue;
    }

    /** Files what a range emitted of one effect; returns how much that is. */
    int end(ComponentType<?> type, int lane, long key) {
        return logs[place(type)][lane].end(key);
    }

    /** All that was emitted and not consumed, in (system, range, sequence) order. */
    @SuppressWarnings("unchecked")
    <C extends Column<?>> Effects<C> gather(ComponentType<C> type) {
        int place = place(type);
        EffectQueue<?> queue = gathered[place];
        while (true) {
            EffectLog<?> first = null;
            long least = Long.MAX_VALUE;
            for (EffectLog<?> log : logs[place]) {
                long key = log.nextKey();
                if (key < least) {
                    least = key;
                    first = log;
                }
            }
            if (first == null) {
                return (Effects<C>) queue;
            }
            first.takeNext(queue);
        }
    }

    /** Empties an effect that was consumed. */
    void clear(ComponentType<?> type) {
        int place = place(type);
        gathered[place].clear();
        for (EffectLog<?> log : logs[place]) {
            log.forget();
        }
    }

    /** Takes back what a system emitted. */
    void drop(int system) {
        for (EffectLog<?>[] lanes : logs) {
            for (EffectLog<?> log : lanes) {
                log.drop(system);
            }
        }
    }

    /** Drops everything, at the end of the tick. */
    void reset() {
        for (ComponentType<?> type : types) {
            clear(type);
        }
    }

    private int place(ComponentType<?> type) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == type) {
                return i;
            }
        }
        throw new IllegalArgumentException("no system emits or consumes " + type);
    }
}
