package dev.horizon.ecs.grid;

import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The spatial grid: register it once per world, before what queries it. */
public final class Grid {
    private Grid() {}

    /**
     * Registers {@link SpatialGrid#KEY}, the component {@link dev.horizon.ecs.identity.Identity}
     * and the system {@code grid} (SENSE).
     */
    public static void register(Registrar registrar) {
        registrar.components(IdentityColumn.TYPE);
        registrar.derived(SpatialGrid.KEY, SpatialGrid::new);
        registrar.system(
                SystemSpec.exclusive("grid", Stage.SENSE, GridSystem.access(), new GridSystem()));
    }
}
