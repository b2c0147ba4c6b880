package dev.horizon.ecs.steering;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * What steering made of a ship's orders: a goal that moves in a straight line until the next
 * thought.
 *
 * @param state what it is doing
 * @param leg counts waypoints and trips, wrapping; picks the next random place
 * @param until tick, its low 32 bits, until which the state holds where it is timed
 * @param target ship, rock or station that it is about
 * @param goalX metres, at {@code goalAt}
 * @param goalY metres
 * @param goalZ metres
 * @param goalVx metres per second
 * @param goalVy metres per second
 * @param goalVz metres per second
 * @param goalAt tick, its low 32 bits
 * @param speed metres per second relative to the goal, at most
 * @param standoff metres from the goal at which to stop; negative to fly through
 */
@Component
public record Helm(
        HelmState state,
        short leg,
        int until,
        EntityId target,
        double goalX,
        double goalY,
        double goalZ,
        float goalVx,
        float goalVy,
        float goalVz,
        int goalAt,
        float speed,
        float standoff) {
    /** Switched off. */
    public static final Helm OFF =
            new Helm(HelmState.OFF, (short) 0, 0, EntityId.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Switched off, with a random walk of its own. */
    public static Helm onLeg(int leg) {
        return new Helm(HelmState.OFF, (short) leg, 0, EntityId.NONE, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
