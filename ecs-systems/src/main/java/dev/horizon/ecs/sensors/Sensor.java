package dev.horizon.ecs.sensors;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * A ship's sensors and what they saw last; looked at about once a second.
 *
 * @param range metres, when undamaged; up to about 12 km is cheap
 * @param contacts ships and stations in range
 * @param hostile the nearest one that this ship's side shoots at, or {@link EntityId#NONE}
 * @param hostileDistance metres to it
 */
@Component
public record Sensor(float range, int contacts, EntityId hostile, float hostileDistance) {
    /** Sensors that haven't looked yet. */
    public static Sensor withRange(float range) {
        return new Sensor(range, 0, EntityId.NONE, 0);
    }
}
