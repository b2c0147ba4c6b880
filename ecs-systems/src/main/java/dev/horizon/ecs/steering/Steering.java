package dev.horizon.ecs.steering;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The steering mechanism: register it once per world, after all others. */
public final class Steering {
    private Steering() {}

    /**
     * Registers {@link Orders}, {@link Helm} and the systems {@code helm} (DECIDE) and {@code
     * think} (SENSE).
     */
    public static void register(Registrar registrar) {
        registrar.components(OrdersColumn.TYPE, HelmColumn.TYPE);
        registrar.system(
                SystemSpec.of("helm", Stage.DECIDE, HelmSystem.access(), new HelmSystem()));
        registrar.system(
                SystemSpec.of(
                        "think",
                        Stage.SENSE,
                        ThinkSystem.access().after(registrar.plugin() + "/sensors"),
                        new ThinkSystem()));
    }
}
