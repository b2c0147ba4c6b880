package dev.horizon.engine.storage;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the systems' structural changes from the threads that staged them, in (system, range,
 * sequence) order, which is the same on any number of threads. Tick thread; allocates nothing.
 */
final class StagedOrder {
    private StagedCommands[] staged = new StagedCommands[0];
    private @Nullable IntConsumer applied;

    void attach(StagedCommands... commands) {
        staged = commands.clone();
    }

    void watch(@Nullable IntConsumer by) {
        applied = by;
    }

    void apply(WorldState world) {
        int system = WorldState.HANDLERS;
        while (true) {
            StagedCommands first = null;
            long least = Long.MAX_VALUE;
            for (StagedCommands commands : staged) {
                long key = commands.nextKey();
                if (key < least) {
                    least = key;
                    first = commands;
                }
            }
            boolean isOther = first == null || system != (int) (least >>> Integer.SIZE);
            if (isOther && system != WorldState.HANDLERS) {
                tell(system);
            }
            if (first == null) {
                break;
            }
            system = (int) (least >>> Integer.SIZE);
            first.applyNext(world);
        }
        for (StagedCommands commands : staged) {
            commands.reset();
        }
    }

    /** Tells the watcher whose changes are real now. */
    void tell(int system) {
        IntConsumer by = applied;
        if (by != null) {
            by.accept(system);
        }
    }
}
