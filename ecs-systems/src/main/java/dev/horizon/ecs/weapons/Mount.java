package dev.horizon.ecs.weapons;

/**
 * One weapon, as authors give it; up to {@link Armament#MOUNTS} make an {@link Armament}.
 *
 * @param kind launcher or beam
 * @param damage points per hit
 * @param range metres
 * @param speed of projectiles, metres per second relative to the ship; unused by beams
 * @param cooldownTicks from one shot to the next, at least 1
 * @param energy taken from the capacitor per shot
 * @param arcCosine cosine of the angle from the nose up to which it turns: 1 fixed, -1 all round
 * @param ammunition rounds, or {@link Armament#UNLIMITED}
 */
public record Mount(
        MountKind kind,
        float damage,
        float range,
        float speed,
        int cooldownTicks,
        float energy,
        float arcCosine,
        int ammunition) {
    /** An empty mount. */
    public static final Mount NONE = new Mount(MountKind.EMPTY, 0, 0, 0, 1, 0, 1, 0);

    /** Refuses a cooldown below one tick. */
    public Mount {
        if (cooldownTicks < 1) {
            throw new IllegalArgumentException(
                    "a weapon's cooldown is " + cooldownTicks + " ticks, at least 1 is needed");
        }
    }
}
