package dev.horizon.plugins.combat;

import dev.horizon.engine.world.EntityId;

/** What players send and are sent about combat, namespace {@code combat}. */
public final class CombatEvents {
    private CombatEvents() {}

    /**
     * From a player, {@code bounty}: puts money on the head of another.
     *
     * @param player name of one who is here
     * @param credits taken from the sender's account
     */
    public record PlaceBounty(String player, long credits) {}

    /**
     * From a player, {@code loot}: takes what fits out of a container within 500 metres.
     *
     * @param container with salvage
     */
    public record Loot(EntityId container) {}

    /**
     * To a player, {@code kill}: they destroyed a ship.
     *
     * @param shipType its kind
     * @param faction its side
     * @param lawful false for a crime
     * @param credits earned; below 0, what was put on their head
     */
    public record KillReport(String shipType, String faction, boolean lawful, long credits) {}

    /**
     * To all players, {@code wanted}: there is a bounty on somebody.
     *
     * @param player who
     * @param credits of all bounties on them; 0 once they are paid
     */
    public record WantedNotice(String player, long credits) {}

    /** To a player, {@code held}: this is a safe zone, the trigger is blocked. */
    public record Held() {}

    /**
     * To a player, {@code looted}: what came into the hold.
     *
     * @param units of all commodities
     * @param left in the container
     */
    public record Looted(int units, int left) {}

    /**
     * To a player, {@code standing}: what the sides think of them, at login and after each kill.
     *
     * @param guild points
     * @param concord points
     * @param syndicate points
     * @param pirates points
     * @param kills lawful ones
     * @param crimes unlawful ones
     */
    public record StandingReport(
            int guild, int concord, int syndicate, int pirates, int kills, int crimes) {}
}
