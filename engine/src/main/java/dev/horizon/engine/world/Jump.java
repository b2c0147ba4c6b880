package dev.horizon.engine.world;

/**
 * Says that an entity is to go to a place in another star system, with all that rides in it.
 * Whoever gives it asks the node to see to that: the entity leaves for the node that owns the
 * place, and is at the place there, without this component, when plugins hear that it has arrived.
 * Where it can't go, this component is taken from it and {@link
 * dev.horizon.engine.events.JumpRefused} is raised.
 *
 * <p>Several go in one tick, all or none: those that go {@code with} another, which has a jump to
 * the same star system.
 *
 * @param with the entity that this one goes with, or {@link EntityId#NONE}
 * @param since the tick in which the node began to see to it; given as 0
 * @param starSystem where to
 * @param x of the place there, metres
 * @param y metres
 * @param z metres
 * @param vx the movement there, metres per second
 * @param vy metres per second
 * @param vz metres per second
 */
@Component
public record Jump(
        EntityId with,
        long since,
        @MaxLength(STAR_SYSTEM_BYTES_MAX) String starSystem,
        double x,
        double y,
        double z,
        float vx,
        float vy,
        float vz) {
    /** Of a star system's name, in UTF-8. */
    public static final int STAR_SYSTEM_BYTES_MAX = 48;

    /** A jump to a place, where it rests. */
    public static Jump to(String starSystem, double x, double y, double z) {
        return new Jump(EntityId.NONE, 0, starSystem, x, y, z, 0, 0, 0);
    }

    /** The same in the tick in which another entity jumps. */
    public Jump with(EntityId other) {
        return new Jump(other, since, starSystem, x, y, z, vx, vy, vz);
    }

    /** The same, moving there. */
    public Jump moving(float ofX, float ofY, float ofZ) {
        return new Jump(with, since, starSystem, x, y, z, ofX, ofY, ofZ);
    }

    /** The same, begun in a tick. */
    public Jump begun(long tick) {
        return new Jump(with, tick, starSystem, x, y, z, vx, vy, vz);
    }
}
