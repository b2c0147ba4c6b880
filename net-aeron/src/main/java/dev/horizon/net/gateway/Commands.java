package dev.horizon.net.gateway;

import dev.horizon.net.edge.Why;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What other threads ask of the agent, in the order in which it comes. */
sealed interface Commands {
    /** A checked hello; {@code resume} is null for a new session. */
    record Hello(Connection connection, String player, @Nullable Ticket resume)
            implements Commands {}

    /** A recorded input of a session. */
    record Input(Session session, byte[] message) implements Commands {}

    /** A connection is gone, or is to go. */
    record Lost(Connection connection) implements Commands {}

    /** The client said goodbye. */
    record Leave(Session session) implements Commands {}

    /** The client wants to see a whole tier; {@code tier} is -1 to end that. */
    record Observe(Session session, int tier) implements Commands {}

    /** Nobody is let in any more, and who is in goes elsewhere. */
    record Drain() implements Commands {}

    /** The client's heartbeat stopped. */
    record TimedOut(Session session, Connection connection) implements Commands {}

    /** Somebody asks why a player's client did or didn't hold an entity. */
    record Ask(String player, long entityId, long tick, CompletableFuture<Why> answer)
            implements Commands {}
}
