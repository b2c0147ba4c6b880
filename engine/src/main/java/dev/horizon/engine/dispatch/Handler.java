package dev.horizon.engine.dispatch;

import dev.horizon.engine.budget.Account;
import dev.horizon.engine.calls.PluginCalls;
import dev.horizon.engine.events.ClientEventHandler;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.CommandSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One registered handler or command: where it stands in the order, and whether it may run. */
final class Handler {
    final String plugin;
    final String name;
    final int priority;
    final int pluginOrder;
    final int sequence;

    private static final MethodType OF_EVENT =
            MethodType.methodType(void.class, Record.class, EventContext.class);
    private static final MethodType OF_CLIENT =
            MethodType.methodType(void.class, Record.class, Player.class, EventContext.class);
    private static final MethodType OF_COMMAND =
            MethodType.methodType(String.class, List.class, EventContext.class);

    /** Its code, of one of these types. */
    private final MethodHandle call;

    /** Which of the lane's record classes it takes. */
    final int recordIndex;

    /** That of its plugin, with the loop that runs it. */
    Account account;

    /** Written by the tick thread, read by any. */
    volatile boolean quarantined;

    /**
     * Registered so.
     *
     * @param code an EventHandler or ClientEventHandler of the lane's record, or a command's Action
     */
    Handler(
            String plugin,
            String name,
            int priority,
            int pluginOrder,
            int sequence,
            Object code,
            int recordIndex) {
        this.plugin = plugin;
        this.name = name;
        this.priority = priority;
        this.pluginOrder = pluginOrder;
        this.sequence = sequence;
        this.call =
                switch (code) {
                    case EventHandler<?> handler ->
                            PluginCalls.of(EventHandler.class, "handle", OF_EVENT, handler);
                    case ClientEventHandler<?> handler ->
                            PluginCalls.of(ClientEventHandler.class, "handle", OF_CLIENT, handler);
                    case CommandSpec.Action action ->
                            PluginCalls.of(CommandSpec.Action.class, "run", OF_COMMAND, action);
                    default -> throw new IllegalArgumentException(code + " handles nothing");
                };
        this.recordIndex = recordIndex;
        this.account = Account.unlimited(plugin);
    }

    /** Runs it for an event; with a sender where that came from a client. */
    void run(Record event, @Nullable Player sender, EventContext context) throws Throwable {
        if (sender == null) {
            call.invokeExact(event, context);
        } else {
            call.invokeExact(event, sender, context);
        }
    }

    /** Runs a command. */
    String run(List<String> arguments, EventContext context) throws Throwable {
        return (String) call.invokeExact(arguments, context);
    }

    /** True for the same one of another version. */
    boolean isNamed(Handler other) {
        return sequence == other.sequence && name.equals(other.name);
    }
}
