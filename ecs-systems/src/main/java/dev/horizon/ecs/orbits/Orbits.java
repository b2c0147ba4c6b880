package dev.horizon.ecs.orbits;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Lookup;

/** The orbits mechanism: register it once per world. */
public final class Orbits {
    private Orbits() {}

    /**
     * Registers the component {@link Orbit}, the system {@code orbits} (MOVE), and a tether: a body
     * stays where what it circles is, and what circles nothing else stays with what circles it.
     */
    public static void register(Registrar registrar) {
        registrar.components(OrbitColumn.TYPE);
        registrar.system(
                SystemSpec.exclusive(
                        "orbits", Stage.MOVE, OrbitSystem.access(), new OrbitSystem()));
        registrar.tether(Orbits::isBound);
    }

    private static boolean isBound(Lookup lookup, long location) {
        OrbitColumn orbits = lookup.column(OrbitColumn.TYPE, location);
        if (orbits == null) {
            return false;
        }
        long centre = orbits.around[Lookup.row(location)];
        return centre == 0 || lookup.locate(centre) != Lookup.NOWHERE;
    }
}
