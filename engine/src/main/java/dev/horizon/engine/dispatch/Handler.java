package dev.horizon.engine.dispatch;

import dev.horizon.engine.budget.Account;
import dev.horizon.engine.calls.PluginCalls;
import dev.horizon.engine.events.ClientEventHandler;
import dev.horizon.engine.events.EventContext;
import dev.horizon.engine.events.EventHandler;
import dev.horizon.engine.events.Player;
import dev.horizon.engine.plugin.CommandSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One registered handler or command: where it stands in the order, and whether it may run. */
final class Handler {
    final String plugin;
    final String name;
    final int priority;
    final int pluginOrder;
    final int sequence;

    /** Its code is one of these: a cast at every call would cost as much as the call. */
    private final EventHandler<Record> ofEvent;

    private final ClientEventHandler<Record> ofClient;
    private final CommandSpec.Action ofCommand;

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
    @SuppressWarnings("unchecked")
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
        this.ofEvent =
                code instanceof EventHandler<?> handler
                        ? (EventHandler<Record>) handler
                        : (event, context) -> {
                            throw another();
                        };
        this.ofClient =
                code instanceof ClientEventHandler<?> handler
                        ? (ClientEventHandler<Record>) handler
                        : (event, sender, context) -> {
                            throw another();
                        };
        this.ofCommand =
                code instanceof CommandSpec.Action action
                        ? action
                        : (arguments, context) -> {
                            throw another();
                        };
        this.recordIndex = recordIndex;
        this.account = Account.unlimited(plugin);
    }

    /** Runs it for an event; with a sender where that came from a client. */
    void run(Record event, @Nullable Player sender, EventContext context) {
        if (sender == null) {
            PluginCalls.handle(ofEvent, event, context);
        } else {
            PluginCalls.handle(ofClient, event, sender, context);
        }
    }

    /** Runs a command. */
    String run(List<String> arguments, EventContext context) {
        return ofCommand.run(arguments, context);
    }

    private IllegalStateException another() {
        return new IllegalStateException(name + " is a handler of another kind");
    }

    /** True for the same one of another version. */
    boolean isNamed(Handler other) {
        return sequence == other.sequence && name.equals(other.name);
    }
}
