package dev.horizon.plugins.guilds;

/** What a member may do. The ordinals are stored. */
public enum Rank {
    /** Belongs to it, flies with it. */
    MEMBER,
    /** Also invites, kicks members, forms fleets. */
    OFFICER,
    /** Also promotes, and pays out of the guild's account; there is always exactly one. */
    LEADER
}
