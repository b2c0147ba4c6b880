package dev.horizon.perf.arena;

import dev.horizon.engine.plugin.Default;

/**
 * What is in the arena. Members are dealt out to groups in turns; a group is a ball, and groups are
 * spread evenly over a cube.
 *
 * @param seed of the layout
 * @param ships that manoeuvre by themselves
 * @param rocks that rest
 * @param groups that ships, rocks and players are dealt to
 * @param groupMetres radius of a group's ball, and of the room that its ships manoeuvre in
 * @param extentMetres edge of the cube of groups
 * @param middleX x of its middle, metres: of several nodes, the one that has it lays the arena out
 * @param thrust greatest acceleration, metres per second squared
 * @param speed that ships of this thrust keep to, metres per second
 * @param turning true for ships with a nose: thrust and turn up to their limits; false for points
 *     that thrust in any direction
 * @param skirmish true for ships that fire and are hit
 * @param steered true for players' ships that obey inputs, false for ships that manoeuvre as all do
 */
public record ArenaConfig(
        @Default("1") long seed,
        @Default("1000") int ships,
        @Default("0") int rocks,
        @Default("1") int groups,
        @Default("1900") double groupMetres,
        @Default("0") double extentMetres,
        @Default("0") double middleX,
        @Default("30") float thrust,
        @Default("150") float speed,
        @Default("true") boolean turning,
        @Default("false") boolean skirmish,
        @Default("true") boolean steered,
        @Default("false") boolean spectators) {
    /** Refuses what can't be laid out. */
    public ArenaConfig {
        if (ships < 0 || rocks < 0 || groups < 1 || !(groupMetres > 0) || !(extentMetres >= 0)) {
            throw new IllegalArgumentException(
                    "ships, rocks and extent-metres are at least 0, groups at least 1, and"
                            + " group-metres is more than 0");
        }
    }
}
