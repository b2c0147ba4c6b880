package dev.horizon.ecs.sensors;

import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.engine.plugin.Registrar;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.Lookup;

/** The sensors mechanism: register it once per world, after the grid. */
public final class Sensors {
    /**
     * What sensors only notice is this much farther away than what they make out: with the 8 to 12
     * km of the usual ships, 2,000 to 3,000 km.
     */
    static final double NOTICE_FACTOR = 250;

    private Sensors() {}

    /**
     * Registers the component {@link Sensor}, how far it lets its ship see, and the system {@code
     * sensors} (SENSE).
     */
    public static void register(Registrar registrar) {
        registrar.components(SensorColumn.TYPE);
        registrar.sight(Sensors::sightMetres);
        registrar.system(
                SystemSpec.of(
                        "sensors",
                        Stage.SENSE,
                        SensorSystem.access().after(registrar.plugin() + "/grid"),
                        new SensorSystem()));
    }

    /** How far a ship's sensors notice anything, as far as they are whole. */
    static double sightMetres(Lookup lookup, long location) {
        SensorColumn sensor = lookup.column(SensorColumn.TYPE, location);
        if (sensor == null) {
            return Double.POSITIVE_INFINITY;
        }
        int row = Lookup.row(location);
        ShipSystemsColumn systems = lookup.column(ShipSystemsColumn.TYPE, location);
        float whole = systems == null ? 1 : systems.sensors[row];
        return sensor.range[row] * NOTICE_FACTOR * whole;
    }
}
