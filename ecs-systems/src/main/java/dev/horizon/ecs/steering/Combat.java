package dev.horizon.ecs.steering;

import dev.horizon.ecs.flight.FlightModelColumn;
import dev.horizon.ecs.sensors.SensorColumn;
import dev.horizon.ecs.weapons.ArmamentColumn;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.PositionColumn;

/** Fighting and running: what several behaviours fall into when someone hostile is near. */
final class Combat {
    /** Metres about the target within which a fighting ship weaves. */
    private static final double WEAVE_METRES = 900;

    private static final int WEAVE_TICKS = 100;
    private static final int FLEE_TICKS = 300;
    private static final double FLEE_METRES = 30_000;

    private Combat() {}

    /** Fights the nearest hostile ship within a distance; false where there is none to fight. */
    static boolean engage(Rows rows, Tick tick, int row, float distance) {
        SensorColumn sensor = rows.optional(SensorColumn.TYPE);
        if (sensor == null
                || rows.optional(ArmamentColumn.TYPE) == null
                || sensor.hostile[row] == 0
                || sensor.hostileDistance[row] > distance) {
            return false;
        }
        return fight(rows, tick, row, sensor.hostile[row]);
    }

    /** Fights a ship; false where it is gone. */
    static boolean fight(Rows rows, Tick tick, int row, long target) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        int now = (int) tick.number();
        if (helm.state[row] != HelmState.ENGAGE.ordinal() || now - helm.until[row] >= 0) {
            helm.leg[row]++;
            helm.until[row] = now + WEAVE_TICKS;
        }
        double x = Goal.scatter(rows, tick, row, 0, WEAVE_METRES);
        double y = Goal.scatter(rows, tick, row, 1, WEAVE_METRES);
        double z = Goal.scatter(rows, tick, row, 2, WEAVE_METRES);
        float speed = rows.read(FlightModelColumn.TYPE).maxSpeed[row] * 0.4f;
        if (!Goal.beside(rows, tick, row, target, x, y, z, speed, 150)) {
            return false;
        }
        helm.state[row] = (byte) HelmState.ENGAGE.ordinal();
        helm.target[row] = target;
        return true;
    }

    /** Runs from whoever is hostile and near, for a while; false where nobody is. */
    static boolean flee(Rows rows, Tick tick, int row, float distance) {
        HelmColumn helm = rows.update(HelmColumn.TYPE);
        int now = (int) tick.number();
        if (helm.state[row] == HelmState.FLEE.ordinal() && now - helm.until[row] < 0) {
            return true;
        }
        SensorColumn sensor = rows.optional(SensorColumn.TYPE);
        if (sensor == null || sensor.hostile[row] == 0 || sensor.hostileDistance[row] > distance) {
            return false;
        }
        long hostile = sensor.hostile[row];
        float speed = rows.read(FlightModelColumn.TYPE).maxSpeed[row];
        if (!Goal.beside(rows, tick, row, hostile, 0, 0, 0, speed, 0)) {
            return false;
        }
        PositionColumn position = rows.read(PositionColumn.TYPE);
        double dx = position.x[row] - helm.goalX[row];
        double dy = position.y[row] - helm.goalY[row];
        double dz = position.z[row] - helm.goalZ[row];
        double scale = FLEE_METRES / Math.max(1, Math.sqrt(dx * dx + dy * dy + dz * dz));
        Goal.place(
                rows,
                tick,
                row,
                position.x[row] + dx * scale,
                position.y[row] + dy * scale,
                position.z[row] + dz * scale,
                speed);
        helm.state[row] = (byte) HelmState.FLEE.ordinal();
        helm.until[row] = now + FLEE_TICKS;
        helm.target[row] = hostile;
        return true;
    }
}
