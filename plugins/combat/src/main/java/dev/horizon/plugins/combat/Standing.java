package dev.horizon.plugins.combat;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * What the sides think of a player, and how they got there; belongs to the player's profile.
 *
 * @param points by ordinal of {@link dev.horizon.ecs.identity.Faction}, from -{@link #MOST} to it
 * @param kills lawful ones
 * @param crimes unlawful ones
 */
@Component
public record Standing(@Length(Standing.FACTIONS) int[] points, int kills, int crimes) {
    /** Sides that there are. */
    public static final int FACTIONS = 6;

    /** Points at most. */
    public static final int MOST = 100;

    /** A stranger's. */
    public static Standing none() {
        return new Standing(new int[FACTIONS], 0, 0);
    }
}
