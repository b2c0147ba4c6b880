package dev.horizon.ecs.orbits;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The orbits mechanism: register it once per world. */
public final class Orbits {
    private Orbits() {}

    /** Registers the component {@link Orbit} and the system {@code orbits} (MOVE). */
    public static void register(Registrar registrar) {
        registrar.components(OrbitColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive(
                        "orbits", Stage.MOVE, OrbitSystem.access(), new OrbitSystem()));
    }
}
