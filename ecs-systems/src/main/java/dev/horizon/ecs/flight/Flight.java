package dev.horizon.ecs.flight;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.SteeringColumn;

/** The flight mechanism: register it once per world. */
public final class Flight {
    private Flight() {}

    /**
     * Registers the components {@link FlightModel}, {@link Controls}, {@link Fuel}, {@link Drift}
     * and {@link dev.horizon.engine.world.Steering} (give it to ships: who watches them is told of
     * their controls instead of what comes of those) and the systems {@code flight}, {@code drift},
     * {@code follow} (MOVE) and {@code expiry} (UPKEEP). Needs the orbits mechanism to be
     * registered before, so that riders of orbiting stations follow them in the same tick.
     */
    public static void register(Registrar registrar) {
        String plugin = registrar.plugin() + "/";
        registrar.components(
                FlightModelColumn.TYPE,
                ControlsColumn.TYPE,
                FuelColumn.TYPE,
                DriftColumn.TYPE,
                SteeringColumn.TYPE);
        registrar.system(
                SystemSpec.of(
                        "flight",
                        Stage.MOVE,
                        FlightSystem.access().after(plugin + "orbits"),
                        new FlightSystem()));
        registrar.system(
                SystemSpec.of(
                        "drift",
                        Stage.MOVE,
                        DriftSystem.access().after(plugin + "flight"),
                        new DriftSystem()));
        registrar.system(
                SystemSpec.of(
                        "follow",
                        Stage.MOVE,
                        FollowSystem.access().after(plugin + "drift"),
                        new FollowSystem()));
        registrar.system(
                SystemSpec.of("expiry", Stage.UPKEEP, ExpirySystem.access(), new ExpirySystem()));
    }
}
