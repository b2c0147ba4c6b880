package dev.horizon.ecs.grid;

import dev.horizon.engine.systems.DerivedKey;

/**
 * Where everything with an identity and a size is at this tick, in layers by use. Rebuilt by the
 * system {@code grid} at the start of SENSE; systems of later stages read it through {@link #KEY},
 * in parallel.
 */
public final class SpatialGrid {
    /** Names the grid of a world in {@link dev.horizon.engine.systems.Access#using}. */
    public static final DerivedKey<SpatialGrid> KEY =
            new DerivedKey<>("spatial-grid", SpatialGrid.class);

    /**
     * Spheres larger than this are in the layer of large ones, so that they widen no other query.
     */
    public static final float LARGE_METRES = 150f;

    private static final double NEAR_CELL_METRES = 1_024;
    private static final double CONTACT_CELL_METRES = 12_288;
    private static final double LARGE_CELL_METRES = 131_072;

    final GridLayer moving = new GridLayer(NEAR_CELL_METRES);
    final GridLayer still = new GridLayer(NEAR_CELL_METRES);
    final GridLayer large = new GridLayer(LARGE_CELL_METRES);
    final GridLayer contacts = new GridLayer(CONTACT_CELL_METRES);
    int stillRows;
    int stillBuiltAt;
    boolean stillBuilt;

    /** Ships, wrecks and other small things that move. Cells of about 1 km. */
    public GridLayer moving() {
        return moving;
    }

    /** Small things that never move, such as asteroids. Cells of about 1 km. */
    public GridLayer still() {
        return still;
    }

    /**
     * Stations, moons, planets, stars: each in every cell of about 131 km that it touches. Ask for
     * the cell of a place with {@link GridLayer#first} and {@link GridLayer#last}.
     */
    public GridLayer large() {
        return large;
    }

    /** All that has a side, for sensors. Cells of about 12 km. */
    public GridLayer contacts() {
        return contacts;
    }
}
