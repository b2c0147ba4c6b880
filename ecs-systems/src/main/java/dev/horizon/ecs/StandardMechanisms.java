package dev.horizon.ecs;

import dev.horizon.ecs.cargo.Cargo;
import dev.horizon.ecs.damage.Damage;
import dev.horizon.ecs.docking.Docks;
import dev.horizon.ecs.flight.Flight;
import dev.horizon.ecs.gates.Gates;
import dev.horizon.ecs.grid.Grid;
import dev.horizon.ecs.orbits.Orbits;
import dev.horizon.ecs.sensors.Sensors;
import dev.horizon.ecs.steering.Steering;
import dev.horizon.ecs.subsystems.Subsystems;
import dev.horizon.ecs.weapons.Weapons;
import dev.horizon.engine.plugin.Registrar;

/** All mechanisms at once, in the order in which their systems run. */
public final class StandardMechanisms {
    private StandardMechanisms() {}

    /** Registers every mechanism; for the one plugin that brings them into a world. */
    public static void register(Registrar registrar) {
        Orbits.register(registrar);
        Subsystems.register(registrar);
        Flight.register(registrar);
        Grid.register(registrar);
        Sensors.register(registrar);
        Weapons.register(registrar);
        Damage.register(registrar);
        Cargo.register(registrar);
        Docks.register(registrar);
        Steering.register(registrar);
        Gates.register(registrar);
    }
}
