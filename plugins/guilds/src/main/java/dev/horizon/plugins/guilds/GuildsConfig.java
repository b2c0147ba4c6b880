package dev.horizon.plugins.guilds;

import dev.horizon.engine.plugin.Default;

/**
 * Rules of guilds: {@code [plugins.guilds]}.
 *
 * @param foundingCredits that founding one costs; they become the guild's
 * @param membersMax of one guild
 * @param inviteTicks that an invitation is good
 * @param foundingTicks that other nodes have to say whether a name is free
 * @param fleetMetres from the leader within which members' ships join a fleet
 */
public record GuildsConfig(
        @Default("1000") long foundingCredits,
        @Default("500") int membersMax,
        @Default("6000") long inviteTicks,
        @Default("600") long foundingTicks,
        @Default("50000") double fleetMetres) {
    /** Refuses rules that no guild can meet. */
    public GuildsConfig {
        if (foundingCredits < 0
                || membersMax < 1
                || inviteTicks < 1
                || foundingTicks < 1
                || !(fleetMetres > 0)) {
            throw new IllegalArgumentException(
                    "founding-credits must not be below 0; members-max, invite-ticks,"
                            + " founding-ticks and fleet-metres must be above 0");
        }
    }
}
