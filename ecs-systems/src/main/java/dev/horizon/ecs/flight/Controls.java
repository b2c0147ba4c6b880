package dev.horizon.ecs.flight;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.EntityId;

/**
 * What the pilot demands, in body axes (nose +x, left +y, up +z), each from -1 to 1. Values beyond
 * are clamped and NaN counts as 0 where they are used, so that no column can be poisoned by them.
 *
 * @param thrustX forward
 * @param thrustY left
 * @param thrustZ up
 * @param roll about the nose
 * @param pitch about the left wing; positive lowers the nose
 * @param yaw about the top; positive turns left
 * @param fire true while the trigger is held
 * @param target what guns aim at, or {@link EntityId#NONE}
 */
@Component
public record Controls(
        float thrustX,
        float thrustY,
        float thrustZ,
        float roll,
        float pitch,
        float yaw,
        boolean fire,
        EntityId target) {
    /** Hands off: no thrust, no turn, no fire, no target. */
    public static final Controls NEUTRAL = new Controls(0, 0, 0, 0, 0, 0, false, EntityId.NONE);

    /** The demand within -1 to 1; 0 for NaN. Allocates nothing. */
    public static float clamp(float demand) {
        if (demand >= -1f) {
            return demand <= 1f ? demand : 1f;
        }
        return demand < -1f ? -1f : 0f;
    }
}
