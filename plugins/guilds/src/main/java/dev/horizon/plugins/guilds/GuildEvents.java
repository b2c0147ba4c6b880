package dev.horizon.plugins.guilds;

import dev.horizon.engine.world.EntityId;
import java.util.List;

/** What players send and are sent about guilds, namespace {@code guilds}. */
public final class GuildEvents {
    private GuildEvents() {}

    /**
     * From a player, {@code found}: a new guild that they lead.
     *
     * @param name 3 to 24 letters, digits and spaces
     * @param tag 2 to 5 letters or digits
     */
    public record Found(String name, String tag) {}

    /**
     * From an officer, {@code invite}.
     *
     * @param player name of one who plays, on any node, and is in no guild
     */
    public record Invite(String player) {}

    /**
     * From a player, {@code join}: accepts an invitation.
     *
     * @param guild that invited them
     */
    public record Join(EntityId guild) {}

    /** From a member, {@code leave}. The last one to leave takes what the guild has. */
    public record Leave() {}

    /**
     * From an officer, {@code kick}: one of lower rank.
     *
     * @param player name as in the roster
     */
    public record Kick(String player) {}

    /**
     * From the leader, {@code rank}: sets a member's rank; to make another the leader makes the
     * sender an officer.
     *
     * @param player name as in the roster
     * @param rank new
     */
    public record SetRank(String player, Rank rank) {}

    /**
     * From a member, {@code pay}: into the guild's account, or, from the leader and with less than
     * 0, out of it.
     *
     * @param credits how many
     */
    public record Pay(long credits) {}

    /**
     * From a member, {@code say}: to all members who play, on any node.
     *
     * @param message one line
     */
    public record Say(String message) {}

    /**
     * From an officer, {@code form}: members' ships in reach fly in formation with theirs.
     *
     * @param formation how
     * @param spacing metres between ships, 50 to 2,000
     */
    public record Form(Formation formation, double spacing) {}

    /**
     * From the fleet's leader or a member of the fleet, {@code disband}: all, or the sender alone.
     */
    public record Disband() {}

    /**
     * From the fleet's leader, near a gate, {@code jump}: the fleet comes out at another gate of
     * this star system, each ship where it was beside the leader. Gates to other star systems are
     * not open.
     *
     * @param gate where to
     */
    public record Jump(EntityId gate) {}

    /**
     * To a player, {@code invited}.
     *
     * @param guild for {@code join}
     * @param name the guild's
     * @param from who invites
     */
    public record Invited(EntityId guild, String name, String from) {}

    /**
     * To members, {@code roster}: at login and whenever it changes. For who is no longer in one,
     * with an empty name.
     *
     * @param guild which
     * @param name the guild's
     * @param tag the guild's
     * @param credits in its account
     * @param members all of them
     */
    public record Roster(
            EntityId guild, String name, String tag, long credits, List<Member> members) {}

    /**
     * One member.
     *
     * @param name theirs
     * @param rank theirs
     * @param here true while they play, on any node
     */
    public record Member(String name, Rank rank, boolean here) {}

    /**
     * To a player, {@code denied}: what they asked can't be, as their guild's home says, which knew
     * more than the node where they play: that refuses what it can by itself.
     *
     * @param code as of a refusal
     * @param reason why
     */
    public record Denied(String code, String reason) {}

    /**
     * To members, {@code said}.
     *
     * @param from who
     * @param message what
     */
    public record Said(String from, String message) {}

    /**
     * To players of a fleet, {@code fleet}: who flies in it; empty once it is no more.
     *
     * @param leader ship that leads
     * @param ships all of them, in order of their slots
     */
    public record Fleet(EntityId leader, List<EntityId> ships) {}
}
