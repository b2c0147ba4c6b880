package dev.horizon.ecs.sensors;

import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;

/** The sensors mechanism: register it once per world, after the grid. */
public final class Sensors {
    private Sensors() {}

    /** Registers the component {@link Sensor} and the system {@code sensors} (SENSE). */
    public static void register(Registrar registrar) {
        registrar.components(SensorColumn.TYPE);
        registrar.system(
                SystemSpec.of(
                        "sensors",
                        Stage.SENSE,
                        SensorSystem.access().after(registrar.plugin() + "/grid"),
                        new SensorSystem()));
    }
}
