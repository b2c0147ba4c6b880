package dev.horizon.ecs.damage;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The damage mechanism: register it once per world, after weapons and subsystems. */
public final class Damage {
    private Damage() {}

    /**
     * Registers {@link Hull}, {@link Shield}, {@link DamageState}, {@link Wreck} and the systems
     * {@code damage} (RESOLVE), which consumes {@link dev.horizon.ecs.weapons.Hit}, and {@code
     * shields} (UPKEEP).
     */
    public static void register(Registrar registrar) {
        registrar.components(
                HullColumn.TYPE, ShieldColumn.TYPE, DamageStateColumn.TYPE, WreckColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive(
                        "damage", Stage.RESOLVE, DamageSystem.access(), new DamageSystem()));
        registrar.system(
                SystemSpec.of("shields", Stage.UPKEEP, ShieldSystem.access(), new ShieldSystem()));
    }
}
