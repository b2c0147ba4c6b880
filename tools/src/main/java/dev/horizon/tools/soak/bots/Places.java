package dev.horizon.tools.soak.bots;

import java.util.List;

/**
 * What bots know of the star system before they come.
 *
 * @param stations that have bays, in order of their ids
 * @param rocks that have ore, in order of their ids
 */
public record Places(List<Place> stations, List<Place> rocks) {
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double NEAREST_METRES_CUBED = 30e3 * 30e3 * 30e3;
    private static final double ROOM_METRES_CUBED = 30e3 * 30e3 * 30e3;

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

    /**
     * A place of its own about a station for each of many groups: in all directions, the farther
     * out the more there are, and no two within sight of each other.
     *
     * @param number of the group; the stations take turns
     */
    Place about(int number) {
        Place station = stations.get(number % stations.size());
        int rank = number / stations.size();
        double out = Math.cbrt(NEAREST_METRES_CUBED + rank * ROOM_METRES_CUBED);
        // Spread over a sphere as seeds over a sunflower's head.
        double up = 1 - 2 * ((rank * GOLDEN + 0.5) % 1);
        double flat = out * Math.sqrt(1 - up * up);
        double turn = 2 * Math.PI * rank * GOLDEN * GOLDEN;
        return new Place(
                station.id(),
                station.x() + flat * Math.cos(turn),
                station.y() + flat * Math.sin(turn),
                station.z() + out * up);
    }

    /** Copies the lists. */
    public Places {
        stations = List.copyOf(stations);
        rocks = List.copyOf(rocks);
    }
}
