package dev.horizon.tools.soak.bots;

import java.util.function.Consumer;

/** Where bots get their login tickets. */
@FunctionalInterface
public interface TicketSource {
    /**
     * Asks for a ticket; answers on any thread, at once or later, with an empty text when there is
     * none.
     */
    void ticket(String player, Consumer<String> to);
}
