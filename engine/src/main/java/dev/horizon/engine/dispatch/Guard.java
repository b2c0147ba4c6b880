package dev.horizon.engine.dispatch;

import dev.horizon.engine.budget.Ledger;
import dev.horizon.engine.ports.RunningCode;
import dev.horizon.engine.ports.TickWatcher;
import dev.horizon.engine.systems.Tick;
import org.jspecify.annotations.Nullable;

/**
 * What stands around each handler and command: who runs, whose budget it is, what becomes of one
 * that throws or wants too much. Tick thread.
 */
final class Guard {
    final Quarantine quarantine;
    private final RunningHandler running = new RunningHandler();
    private @Nullable Tick tick;
    private @Nullable TickWatcher watcher;
    private Ledger ledger = Ledger.none();

    Guard(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    void tick(Tick current) {
        tick = current;
    }

    void watch(@Nullable TickWatcher by) {
        watcher = by;
    }

    Ledger ledger() {
        return ledger;
    }

    /** From now on these handlers count there. */
    void ledger(Ledger of, Routes routes) {
        ledger = of;
        bind(routes);
    }

    /** The same for others. */
    void bind(Routes routes) {
        routes.forEach(handler -> handler.account = ledger.plugin(handler.plugin));
    }

    /** Before the first handler of an event. */
    void begin() {
        running.begin();
    }

    /** Before a handler. */
    void enter(Handler handler) {
        running.enter(handler);
        ledger.enter(handler.account);
    }

    /**
     * Behind a handler.
     *
     * @param subject what it was called with
     * @param thrown by it, or null
     * @return why it is in quarantine now, or null
     */
    @Nullable Throwable leave(Handler handler, Object subject, @Nullable Throwable thrown) {
        Throwable refused = ledger.takeRefusal();
        Throwable fault = thrown == null ? refused : thrown;
        if (fault != null) {
            handler.quarantined = true;
            Tick now = tick;
            quarantine.add(
                    handler.name,
                    handler.plugin,
                    now == null ? 0 : now.number(),
                    describe(subject),
                    fault);
        }
        TickWatcher by = watcher;
        if (by != null) {
            by.ran(handler.name);
        }
        return fault;
    }

    /** Behind the last handler of an event. */
    void end() {
        running.end();
    }

    /** Behind all that followed from an event. */
    void settle() {
        ledger.leave();
    }

    /** The handler or command that runs now, or null; for any thread. */
    @Nullable RunningCode running() {
        return running.code();
    }

    private static String describe(Object subject) {
        try {
            return subject.toString();
        } catch (Throwable e) {
            return subject.getClass().getName() + " (its toString threw " + e + ")";
        }
    }
}
