package dev.horizon.ecs.cargo;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The cargo and mining mechanism: register it once per world. */
public final class Cargo {
    private Cargo() {}

    /**
     * Registers {@link Hold}, {@link Store}, {@link Ore}, {@link MiningLaser}, the effects {@link
     * Extract} and {@link CargoTransfer} and the systems {@code mining} (ACT) and {@code cargo}
     * (RESOLVE), which consumes both.
     */
    public static void register(Registrar registrar) {
        registrar.components(
                HoldColumn.TYPE,
                StoreColumn.TYPE,
                OreColumn.TYPE,
                MiningLaserColumn.TYPE,
                ExtractColumn.TYPE,
                CargoTransferColumn.TYPE);
        registrar.system(
                SystemSpec.of("mining", Stage.ACT, MiningSystem.access(), new MiningSystem()));
        registrar.system(
                SystemSpec.exclusive(
                        "cargo", Stage.RESOLVE, CargoSystem.access(), new CargoSystem()));
    }
}
