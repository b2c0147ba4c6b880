package dev.horizon.ecs.orbits;

import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.ExclusiveTask;
import dev.horizon.engine.systems.Rows;
import dev.horizon.engine.systems.Sweep;
import dev.horizon.engine.systems.Tick;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;

/**
 * Puts every body where its ellipse says at this tick, central bodies first. A function of the tick
 * number alone, so nothing drifts and a body that was away needs no catching up.
 *
 * <p>Place and velocity in the perifocal frame: Murray and Dermott, "Solar System Dynamics", 2.4.
 */
final class OrbitSystem implements ExclusiveTask {
    static final int DEPTH_MAX = 3;

    static Access access() {
        return Access.reading(OrbitColumn.TYPE).writing(PositionColumn.TYPE, MotionColumn.TYPE);
    }

    @Override
    public void run(Sweep sweep, Tick tick) {
        double seconds = tick.number() * tick.dt();
        for (int depth = 0; depth <= DEPTH_MAX; depth++) {
            for (int table = 0; table < sweep.tables(); table++) {
                Rows rows = sweep.rows(table);
                OrbitColumn orbit = rows.read(OrbitColumn.TYPE);
                PositionColumn position = rows.write(PositionColumn.TYPE);
                MotionColumn motion = rows.write(MotionColumn.TYPE);
                for (int row = rows.from(); row < rows.to(); row++) {
                    if (orbit.depth[row] == depth) {
                        follow(orbit, position, motion, row, seconds);
                        addCentre(sweep.lookup(), orbit.around[row], position, motion, row);
                    }
                }
            }
        }
    }

    static void follow(
            OrbitColumn orbit,
            PositionColumn position,
            MotionColumn motion,
            int row,
            double seconds) {
        double a = orbit.semiMajorAxis[row];
        double e = orbit.eccentricity[row];
        double n = orbit.meanMotion[row];
        double anomaly = Kepler.eccentricAnomaly(orbit.meanAnomaly[row] + n * seconds, e);
        double cos = Circular.cos(anomaly);
        double sin = Circular.sin(anomaly);
        double minor = a * Math.sqrt(1 - e * e);
        double rate = n / (1 - e * cos);
        double p = a * (cos - e);
        double q = minor * sin;
        double vp = -a * sin * rate;
        double vq = minor * cos * rate;
        double radius = a * (1 - e * cos);
        double pull = -n * n * a * a * a / (radius * radius * radius);
        double x = p * orbit.px[row] + q * orbit.qx[row];
        double y = p * orbit.py[row] + q * orbit.qy[row];
        double z = p * orbit.pz[row] + q * orbit.qz[row];
        position.x[row] = x;
        position.y[row] = y;
        position.z[row] = z;
        motion.vx[row] = (float) (vp * orbit.px[row] + vq * orbit.qx[row]);
        motion.vy[row] = (float) (vp * orbit.py[row] + vq * orbit.qy[row]);
        motion.vz[row] = (float) (vp * orbit.pz[row] + vq * orbit.qz[row]);
        motion.ax[row] = (float) (pull * x);
        motion.ay[row] = (float) (pull * y);
        motion.az[row] = (float) (pull * z);
    }

    private static void addCentre(
            Lookup lookup, long centre, PositionColumn position, MotionColumn motion, int row) {
        long at = centre == 0 ? Lookup.NOWHERE : lookup.locate(centre);
        if (at == Lookup.NOWHERE) {
            return;
        }
        int from = Lookup.row(at);
        PositionColumn place = lookup.column(PositionColumn.TYPE, at);
        MotionColumn movement = lookup.column(MotionColumn.TYPE, at);
        if (place != null) {
            position.x[row] += place.x[from];
            position.y[row] += place.y[from];
            position.z[row] += place.z[from];
        }
        if (movement != null) {
            motion.vx[row] += movement.vx[from];
            motion.vy[row] += movement.vy[from];
            motion.vz[row] += movement.vz[from];
            motion.ax[row] += movement.ax[from];
            motion.ay[row] += movement.ay[from];
            motion.az[row] += movement.az[from];
        }
    }
}
