package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.EntityId;

/** What nodes send each other about guilds, beside {@link News}. */
public final class Mail {
    private Mail() {}

    /** What a player asks of a guild. The ordinals are sent. */
    public enum Act {
        INVITE,
        JOIN,
        LEAVE,
        KICK,
        RANK,
        PAY
    }

    /**
     * To a guild's home: a player asks.
     *
     * @param node where they play
     * @param playerId who
     * @param player their name
     * @param guild which
     * @param act what
     * @param other name of the player whom it is about, or empty
     * @param amount ordinal of a rank, or credits, which come along where they are more than 0
     */
    public record Ask(
            int node,
            long playerId,
            String player,
            EntityId guild,
            Act act,
            String other,
            long amount) {}

    /** To a node where a player asked: it can't be. */
    public record Denied(long playerId, String code, String reason) {}

    /** To a node where a player asked: money for them. */
    public record Paid(long playerId, long credits) {}

    /** To all: a player is invited, wherever they are. */
    public record Invites(EntityId guild, String name, String from, String guest) {}

    /** To all: a member says something. */
    public record Spoken(EntityId guild, String from, String message) {}

    /** To a guild's home: a member came to a node, or isn't there any more. */
    public record Seen(EntityId guild, long playerId, int node, boolean here) {}

    /** To all: is this free? Each other node answers once. */
    public record Claim(EntityId guild, String name, String tag) {}

    /** To the node that claims: it is, or it isn't. */
    public record Vote(EntityId guild, boolean free) {}

    /** To one node: what it knows of a node's guilds is old, and all of them follow. */
    public record Anew(int node) {}

    /** To all: a node won't come back, and its guilds are no more. */
    public record Forgotten(int node) {}
}
