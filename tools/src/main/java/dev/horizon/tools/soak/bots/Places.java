package dev.horizon.tools.soak.bots;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What bots know of the star system before they come.
 *
 * @param stations that have bays, in order of their ids
 * @param rocks that have ore, in order of their ids
 * @param gates to another star system, in order of their ids
 */
public record Places(List<Place> stations, List<Place> rocks, List<Place> gates) {
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
        gates = List.copyOf(gates);
    }

    /** All of several nodes' together. */
    public static Places of(List<Places> nodes) {
        return new Places(
                all(nodes, Places::stations), all(nodes, Places::rocks), all(nodes, Places::gates));
    }

    private static List<Place> all(List<Places> nodes, Function<Places, List<Place>> what) {
        return nodes.stream()
                .flatMap(each -> what.apply(each).stream())
                .sorted(Comparator.comparing(Place::id))
                .toList();
    }

    /**
     * Where to go over a border.
     *
     * @param borders the x of each
     * @param at near where, three numbers; empty for where a station is nearest to one
     * @return null where there is none
     */
    @Nullable Place border(List<Double> borders, List<Double> at) {
        List<Place> from =
                at.isEmpty() ? stations : List.of(new Place("", at.get(0), at.get(1), at.get(2)));
        Place nearest = null;
        double least = Double.POSITIVE_INFINITY;
        for (Place each : from) {
            for (double x : borders) {
                if (Math.abs(each.x() - x) < least) {
                    least = Math.abs(each.x() - x);
                    nearest = new Place(each.id(), x, each.y(), each.z());
                }
            }
        }
        return nearest;
    }
}
