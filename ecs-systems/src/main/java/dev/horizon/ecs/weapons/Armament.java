package dev.horizon.ecs.weapons;

import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.Length;

/**
 * A ship's weapons, one array element per mount; see {@link Mount} for units.
 *
 * @param kind ordinals of {@link MountKind}
 * @param damage points per hit
 * @param range metres
 * @param speed metres per second
 * @param cooldownTicks between shots
 * @param energy per shot
 * @param arcCosine how far each turns
 * @param ammunition rounds left
 * @param magazine rounds when full
 * @param readyAt tick, its low 32 bits, of the next shot
 */
@Component
public record Armament(
        @Length(Armament.MOUNTS) byte[] kind,
        @Length(Armament.MOUNTS) float[] damage,
        @Length(Armament.MOUNTS) float[] range,
        @Length(Armament.MOUNTS) float[] speed,
        @Length(Armament.MOUNTS) int[] cooldownTicks,
        @Length(Armament.MOUNTS) float[] energy,
        @Length(Armament.MOUNTS) float[] arcCosine,
        @Length(Armament.MOUNTS) int[] ammunition,
        @Length(Armament.MOUNTS) int[] magazine,
        @Length(Armament.MOUNTS) int[] readyAt) {
    /** Mounts of a ship. */
    public static final int MOUNTS = 4;

    /** Ammunition that never runs out. */
    public static final int UNLIMITED = -1;

    /**
     * An armament of up to {@link #MOUNTS} weapons.
     *
     * @throws IllegalArgumentException for more
     */
    public static Armament of(Mount... mounts) {
        if (mounts.length > MOUNTS) {
            throw new IllegalArgumentException(
                    mounts.length + " weapons given, a ship has " + MOUNTS + " mounts");
        }
        Armament armament =
                new Armament(
                        new byte[MOUNTS],
                        new float[MOUNTS],
                        new float[MOUNTS],
                        new float[MOUNTS],
                        new int[MOUNTS],
                        new float[MOUNTS],
                        new float[MOUNTS],
                        new int[MOUNTS],
                        new int[MOUNTS],
                        new int[MOUNTS]);
        for (int i = 0; i < mounts.length; i++) {
            Mount mount = mounts[i];
            armament.kind[i] = (byte) mount.kind().ordinal();
            armament.damage[i] = mount.damage();
            armament.range[i] = mount.range();
            armament.speed[i] = mount.speed();
            armament.cooldownTicks[i] = mount.cooldownTicks();
            armament.energy[i] = mount.energy();
            armament.arcCosine[i] = mount.arcCosine();
            armament.ammunition[i] = mount.ammunition();
            armament.magazine[i] = mount.ammunition();
        }
        return armament;
    }
}
