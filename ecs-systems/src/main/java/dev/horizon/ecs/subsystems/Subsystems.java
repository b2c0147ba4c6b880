package dev.horizon.ecs.subsystems;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The subsystems mechanism: register it once per world. */
public final class Subsystems {
    private Subsystems() {}

    /**
     * Registers {@link ShipSystems}, {@link Subsystem}, {@link CrewMember} and the system {@code
     * repair} (UPKEEP).
     */
    public static void register(Registrar registrar) {
        registrar.components(ShipSystemsColumn.TYPE, SubsystemColumn.TYPE, CrewMemberColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive(
                        "repair", Stage.UPKEEP, RepairSystem.access(), new RepairSystem()));
    }
}
