package dev.horizon.net.client;

import dev.horizon.engine.world.EntityId;
import tools.jackson.databind.JsonNode;

/**
 * What a server says when it took a session.
 *
 * @param player as on the ticket
 * @param playerId the player's own number
 * @param entity the entity that holds the session's state
 * @param tick at which the session began
 * @param tickHz ticks a second
 * @param starSystem name
 * @param lastInputSequence number of the last message that the server knows of this session
 * @param resume ticket to go on with, once, after the connection is lost
 */
public record Welcome(
        String player,
        long playerId,
        EntityId entity,
        long tick,
        int tickHz,
        String starSystem,
        int lastInputSequence,
        String resume) {
    static Welcome of(JsonNode data) {
        return new Welcome(
                data.path("player").asString(),
                Long.parseLong(data.path("playerId").asString()),
                EntityId.parse(data.path("entity").asString()),
                data.path("tick").asLong(),
                data.path("tickHz").asInt(),
                data.path("starSystem").asString(),
                (int) data.path("lastInputSequence").asLong(),
                data.path("resume").asString());
    }

    /** Never the ticket. */
    @Override
    public String toString() {
        return "Welcome[" + player + " as " + entity + " in " + starSystem + " at " + tick + "]";
    }
}
