package dev.horizon.plugins.guilds;

/** How a fleet is drawn up. Offsets are in the star system's axes, from the leader. */
public enum Formation {
    /** Two arms that trail behind on both sides. */
    WEDGE,
    /** Abreast, on both sides. */
    LINE,
    /** A wall of rows of five. */
    WALL;

    private static final int ROW = 5;

    /** Metres along x of a slot from 1 on. */
    double x(int slot, double spacing) {
        return this == WEDGE ? -spacing * ((slot + 1) / 2) : 0;
    }

    /** Metres along y. */
    double y(int slot, double spacing) {
        int side = (slot & 1) == 1 ? 1 : -1;
        return this == WALL ? spacing * (slot % ROW - ROW / 2) : side * spacing * ((slot + 1) / 2);
    }

    /** Metres along z. */
    double z(int slot, double spacing) {
        return this == WALL ? -spacing * (1 + slot / ROW) : 0;
    }
}
