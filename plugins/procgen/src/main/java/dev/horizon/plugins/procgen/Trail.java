package dev.horizon.plugins.procgen;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * On a player's ship: what was seen of it last, to tell what it did since.
 *
 * @param ore units in its hold
 * @param goods units of all else
 * @param cells of 50 km that it visited last
 * @param next place in {@code cells} to be overwritten
 */
@Component
public record Trail(int ore, int goods, @Length(Trail.CELLS) long[] cells, int next) {
    /** Cells that are remembered. */
    public static final int CELLS = 16;
}
