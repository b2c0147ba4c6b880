package dev.horizon.plugins.sol;

import dev.horizon.engine.plugin.Default;

/**
 * What the demo star system is made of. The space that it takes grows with the number of objects,
 * so that a ship has as many neighbours among 100,000 objects as among 1,000.
 *
 * @param seed of the layout
 * @param ships at start, 0 to 200,000
 * @param objects that aren't ships: rocks, stations, moons, planets; 0 to 1,000,000
 * @param shipsMax beyond which {@code sol:spawn-ships} refuses
 * @param battleShips of one dense battle besides, 0 to 5,000; with a battle, players who take a
 *     ship take it there
 * @param gateTo another star system, to which a gate leads that stands above the star; empty for
 *     none
 */
public record SolConfig(
        @Default("1") long seed,
        @Default("2000") int ships,
        @Default("8000") int objects,
        @Default("200000") int shipsMax,
        @Default("0") int battleShips,
        @Default("") String gateTo) {
    /** Refuses numbers that no machine holds. */
    public SolConfig {
        if (ships < 0 || ships > 200_000 || objects < 0 || objects > 1_000_000) {
            throw new IllegalArgumentException(
                    "ships = "
                            + ships
                            + ", objects = "
                            + objects
                            + ": ships may be 0 to 200,000, objects 0 to 1,000,000");
        }
        if (battleShips < 0 || battleShips > 5_000) {
            throw new IllegalArgumentException(
                    "battle-ships = " + battleShips + ": a battle has 0 to 5,000 ships");
        }
    }

    /** Edges of the layout relative to those of 10,000 objects. */
    double scale() {
        return StrictMath.cbrt(Math.max(100, ships + objects) / 10_000.0);
    }
}
