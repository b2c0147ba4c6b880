package dev.horizon.engine.world;

/**
 * Shows an entity to an audience alone: a stealthy ship to its crew, a team's plans to the team. It
 * is published in channels of the audience's own, with all that rides in it but is not veiled
 * itself; whoever isn't of the audience gets no byte of it. {@code Players.audiences} says which
 * audiences a player is of. What only some may see of an entity that all see goes on a veiled
 * entity that rides in it; a veiled entity without a place or a carrier comes at the tiers LOW and
 * SENSOR, wherever its audience is.
 *
 * @param audience from 1 to 65,535; 0 shows it to all, any other number to nobody
 */
@Component
public record Veil(int audience) {
    /** Greatest number of an audience; the least is 1. */
    public static final int AUDIENCE_MAX = (1 << 16) - 1;

    /** True for a number that an audience may have. */
    public static boolean isAudience(int number) {
        return number > 0 && number <= AUDIENCE_MAX;
    }
}
