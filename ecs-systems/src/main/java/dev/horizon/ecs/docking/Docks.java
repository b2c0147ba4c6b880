package dev.horizon.ecs.docking;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The docking mechanism: register it once per world, after flight, weapons and damage. */
public final class Docks {
    private static final int RECOUNT_TICKS = 64;

    private Docks() {}

    /**
     * Registers {@link Docking}, {@link Bays} and the systems {@code docking} (ACT), {@code
     * service} and {@code bays} (UPKEEP).
     */
    public static void register(Registrar registrar) {
        String plugin = registrar.plugin() + "/";
        registrar.components(DockingColumn.TYPE, BaysColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive(
                        "docking", Stage.ACT, DockingSystem.access(), new DockingSystem()));
        registrar.system(
                SystemSpec.of(
                        "service",
                        Stage.UPKEEP,
                        ServiceSystem.access().after(plugin + "recharge"),
                        new ServiceSystem()));
        registrar.system(
                SystemSpec.of("bays", Stage.UPKEEP, BaysSystem.access(), new BaysSystem())
                        .every(RECOUNT_TICKS));
    }
}
