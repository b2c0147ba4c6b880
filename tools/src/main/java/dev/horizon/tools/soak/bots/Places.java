package dev.horizon.tools.soak.bots;

import java.util.List;

/**
 * What bots know of the star system before they come.
 *
 * @param stations that have bays, in order of their ids
 * @param rocks that have ore, in order of their ids
 */
public record Places(List<Place> stations, List<Place> rocks) {
    /**
     * An entity, and where it was when it was asked for.
     *
     * @param id as in {@code 1:42}
     * @param x metres
     * @param y metres
     * @param z metres
     */
    public record Place(String id, double x, double y, double z) {
        double distanceTo(Place other) {
            return Math.sqrt(
                    (x - other.x) * (x - other.x)
                            + (y - other.y) * (y - other.y)
                            + (z - other.z) * (z - other.z));
        }
    }

    /** Copies the lists. */
    public Places {
        stations = List.copyOf(stations);
        rocks = List.copyOf(rocks);
    }
}
