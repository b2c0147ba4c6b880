package dev.horizon.ecs.weapons;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The weapons mechanism: register it once per world, after flight and the grid. */
public final class Weapons {
    private Weapons() {}

    /**
     * Registers {@link Armament}, {@link WeaponState}, {@link Projectile}, the effect {@link Hit}
     * and the systems {@code projectiles}, {@code fire} (ACT) and {@code recharge} (UPKEEP).
     */
    public static void register(Registrar registrar) {
        registrar.components(
                ArmamentColumn.TYPE, WeaponStateColumn.TYPE, ProjectileColumn.TYPE, HitColumn.TYPE);
        registrar.system(
                SystemSpec.of(
                        "projectiles",
                        Stage.ACT,
                        ProjectileSystem.access(),
                        new ProjectileSystem()));
        registrar.system(SystemSpec.of("fire", Stage.ACT, FireSystem.access(), new FireSystem()));
        registrar.system(
                SystemSpec.of(
                        "recharge", Stage.UPKEEP, RechargeSystem.access(), new RechargeSystem()));
    }
}
