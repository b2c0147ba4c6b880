package dev.horizon.engine.schedule;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.systems.Effects;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;

/** Rows of one effect; grows by doubling and keeps what it has grown to. */
final class EffectQueue<C extends Column<?>> implements Effects<C> {
    /**
     * What a busy tick of ten thousand entities emits: growing in mid-game is garbage of a tick.
     */
    private static final int CAPACITY_INITIAL = 1024;

    private final ComponentType<C> type;
    private C column;
    private int size;
    private int max;

    EffectQueue(ComponentType<C> type) {
        this.type = type;
        this.column = type.newColumn(CAPACITY_INITIAL);
    }

    /** Refuses more than this in one range; 0 for any number. */
    void limit(int limit) {
        max = limit;
    }

    @Override
    public int add() {
        if (max > 0 && size > max) {
            throw new HorizonException(
                    "HZ-PLG-023",
                    "more than "
                            + max
                            + " effects of "
                            + type
                            + " from one range; spread them over ticks, or raise the budget");
        }
        reserve();
        column.clearRow(size);
        return size++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public C column() {
        return column;
    }

    /** Appends rows of another queue of the same component. */
    void addAll(EffectQueue<?> other, int from, int to) {
        for (int row = from; row < to; row++) {
            reserve();
            column.copyRow(other.column, row, size++);
        }
    }

    void clear() {
        size = 0;
    }

    private void reserve() {
        if (size == column.capacity()) {
            column = type.columnClass().cast(column.withCapacity(size * 2, size));
        }
    }
}
