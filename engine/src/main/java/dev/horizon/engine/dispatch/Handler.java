package dev.horizon.engine.dispatch;

import dev.horizon.engine.budget.Account;

/** One registered handler or command: where it stands in the order, and whether it may run. */
final class Handler {
    final String plugin;
    final String name;
    final int priority;
    final int pluginOrder;
    final int sequence;
    final Object code;

    /** Which of the lane's record classes it takes. */
    final int recordIndex;

    /** That of its plugin, with the loop that runs it. */
    Account account;

    /** Written by the tick thread, read by any. */
    volatile boolean quarantined;

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
        this.code = code;
        this.recordIndex = recordIndex;
        this.account = Account.unlimited(plugin);
    }

    /** True for the same one of another version. */
    boolean isNamed(Handler other) {
        return sequence == other.sequence && name.equals(other.name);
    }
}
