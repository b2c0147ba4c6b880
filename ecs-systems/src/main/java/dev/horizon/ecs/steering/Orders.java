package dev.horizon.ecs.steering;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * What a ship was told to do: written by plugins and players, read by steering. Which fields count
 * depends on the behaviour.
 *
 * @param behaviour what
 * @param subject PATROL: what to fly about; ESCORT: whom; HAUL: the first station; MINE: the home
 *     station; DOCK: the station; ATTACK: whom, or {@link EntityId#NONE} for anyone hostile
 * @param second HAUL: the other station; ESCORT: what to patrol about once the leader is gone
 * @param x GO_TO: where; MINE, ATTACK, PATROL without a subject: centre; ESCORT: place in the
 *     formation, metres from the leader. Metres in the star system's axes
 * @param y as x
 * @param z as x
 * @param radius of the area, metres
 */
@Component
public record Orders(
        Behaviour behaviour,
        EntityId subject,
        EntityId second,
        double x,
        double y,
        double z,
        float radius) {
    /** Hands over to the pilot. */
    public static final Orders MANUAL =
            new Orders(Behaviour.MANUAL, EntityId.NONE, EntityId.NONE, 0, 0, 0, 0);

    /** Go to a place and stay there. */
    public static Orders goTo(double x, double y, double z) {
        return new Orders(Behaviour.GO_TO, EntityId.NONE, EntityId.NONE, x, y, z, 0);
    }

    /** Fly rounds about an object. */
    public static Orders patrol(EntityId about, float radius) {
        return new Orders(Behaviour.PATROL, about, EntityId.NONE, 0, 0, 0, radius);
    }

    /** Keep a place in formation; patrol about another object once the leader is gone. */
    public static Orders escort(EntityId leader, EntityId home, double x, double y, double z) {
        return new Orders(Behaviour.ESCORT, leader, home, x, y, z, 10_000);
    }

    /** Carry goods between two stations. */
    public static Orders haul(EntityId first, EntityId second) {
        return new Orders(Behaviour.HAUL, first, second, 0, 0, 0, 0);
    }

    /** Mine a field and bring the ore home. */
    public static Orders mine(EntityId home, double x, double y, double z, float radius) {
        return new Orders(Behaviour.MINE, home, EntityId.NONE, x, y, z, radius);
    }

    /** Fight whoever is hostile about a place. */
    public static Orders attack(double x, double y, double z, float radius) {
        return new Orders(Behaviour.ATTACK, EntityId.NONE, EntityId.NONE, x, y, z, radius);
    }

    /** Go to a station and into a bay. */
    public static Orders dock(EntityId station) {
        return new Orders(Behaviour.DOCK, station, EntityId.NONE, 0, 0, 0, 0);
    }
}
