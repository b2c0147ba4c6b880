package dev.horizon.ecs.sensors;

import dev.horizon.ecs.grid.GridLayer;
import dev.horizon.ecs.grid.SpatialGrid;
import dev.horizon.ecs.identity.Faction;
import dev.horizon.ecs.identity.IdentityColumn;
import dev.horizon.ecs.subsystems.ShipSystemsColumn;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;

/** Looks around, a twentieth of the ships in each tick. */
final class SensorSystem implements SystemTask {
    static final int PERIOD_TICKS = 20;

    static Access access() {
        return Access.reading(PositionColumn.TYPE, IdentityColumn.TYPE)
                .updating(SensorColumn.TYPE)
                .optional(ShipSystemsColumn.TYPE)
                .without(ParentColumn.TYPE)
                .using(SpatialGrid.KEY);
    }

    @Override
    public void run(Rows rows, Tick tick) {
        PositionColumn position = rows.read(PositionColumn.TYPE);
        IdentityColumn identity = rows.read(IdentityColumn.TYPE);
        SensorColumn sensor = rows.update(SensorColumn.TYPE);
        ShipSystemsColumn systems = rows.optional(ShipSystemsColumn.TYPE);
        GridLayer contacts = rows.derived(SpatialGrid.KEY).contacts();
        int phase = (int) (tick.number() % PERIOD_TICKS);
        for (int row = rows.from() + phase; row < rows.to(); row += PERIOD_TICKS) {
            double x = position.x[row];
            double y = position.y[row];
            double z = position.z[row];
            float range = sensor.range[row] * (systems == null ? 1f : systems.sensors[row]);
            int wanted = Faction.hostileMask(identity.faction[row]);
            long seen = contacts.nearest(x, y, z, range, wanted, rows.entityAt(row));
            int count = (int) (seen >>> 32);
            int nearest = (int) seen;
            long hostile = nearest < 0 ? 0 : contacts.entity(nearest);
            if (hostile == 0 && sensor.hostile[row] == 0 && sensor.contacts[row] == count) {
                continue;
            }
            sensor.contacts[row] = count;
            sensor.hostile[row] = hostile;
            sensor.hostileDistance[row] = nearest < 0 ? 0 : distance(contacts, nearest, x, y, z);
            sensor.markRow(row);
        }
    }

    private static float distance(GridLayer layer, int entry, double x, double y, double z) {
        double dx = layer.x(entry) - x;
        double dy = layer.y(entry) - y;
        double dz = layer.z(entry) - z;
        return (float) Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
