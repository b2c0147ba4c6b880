package dev.horizon.engine.calls;

import dev.horizon.engine.events.ClientEventHandler;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;

/**
 * The places from which the engine calls plugins' code in each tick.
 *
 * <p>Of a call by an interface the virtual machine counts the first two classes that come by
 * ({@code TypeProfileWidth}), and the compiler writes them into the engine's own code, which keeps
 * the class loaders of versions that are long replaced. So in each of these places two classes of
 * the engine's own come by first, and no plugin's is ever counted. docs/adr/0017 has what was
 * measured.
 */
public final class PluginCalls {
    /** The virtual machine counts from some hundred calls on, even where no compiler is idle. */
    private static final int CALLS = 4_096;

    static {
        for (int i = 0; i < CALLS; i++) {
            comeBy(i);
        }
    }

    private PluginCalls() {}

    /** Runs a handler of the engine's or a plugin's event. */
    public static void handle(EventHandler<Record> code, Record event, EventContext context) {
        code.handle(event, context);
    }

    /** Runs a handler of a client's event. */
    public static void handle(
            ClientEventHandler<Record> code, Record event, Player sender, EventContext context) {
        code.handle(event, sender, context);
    }

    /** Runs a system over a range of a table. */
    public static void run(SystemTask code, Rows rows, Tick tick) {
        code.run(rows, tick);
    }

    /** Runs an exclusive system. */
    public static void run(ExclusiveTask code, Sweep sweep, Tick tick) {
        code.run(sweep, tick);
    }

    /** Two classes for each place, in turns; they look at nothing. */
    @SuppressWarnings("NullAway")
    private static void comeBy(int call) {
        boolean isFirst = call % 2 == 0;
        handle(isFirst ? (event, context) -> {} : (event, context) -> {}, null, null);
        handle(
                isFirst ? (event, sender, context) -> {} : (event, sender, context) -> {},
                null,
                null,
                null);
        run(isFirst ? (Rows rows, Tick tick) -> {} : (Rows rows, Tick tick) -> {}, null, null);
        run(isFirst ? (Sweep all, Tick tick) -> {} : (Sweep all, Tick tick) -> {}, null, null);
    }
}
