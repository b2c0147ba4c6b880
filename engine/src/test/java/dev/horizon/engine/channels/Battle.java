package dev.horizon.engine.channels;

import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ships of a fleet that each draw new thrust and turn up to their limits every 0.5 to 2 seconds,
 * while fire and damage change their other fields.
 */
final class Battle {
    static final double THRUST_MAX = 30;
    static final double TURN_MAX = 0.8;
    static final double SPEED_MAX = 400;

    final Fleet fleet;
    final List<EntityId> ships = new ArrayList<>();
    private final Random random;
    private final List<Long> changes = new ArrayList<>();
    private final double[] q = new double[4];

    Battle(long seed, int count, double extent) {
        fleet = new Fleet(seed, extent);
        random = new Random(seed);
        for (int i = 0; i < count; i++) {
            ships.add(
                    fleet.world.create(
                            new Position(fleet.coordinate(), fleet.coordinate(), 0),
                            new Motion(0, 0, 0, 0, 0, 0),
                            new Attitude(0, 0, 0, 1, 0, 0, 0),
                            new Size(SizeClass.CRAFT, 20),
                            new Fleet.Plating(100, 3),
                            new Fleet.Callsign("B" + i, SizeClass.CRAFT, EntityId.NONE)));
            changes.add(0L);
        }
    }

    void step() {
        long tick = ++fleet.tick;
        for (int i = 0; i < ships.size(); i++) {
            EntityId ship = ships.get(i);
            Position p = fleet.world.read(ship, Position.class);
            Motion m = fleet.world.read(ship, Motion.class);
            if (p == null || m == null) {
                continue;
            }
            double dt = Fleet.DT;
            fleet.world.write(
                    ship,
                    new Position(
                            p.x() + (m.vx() + m.ax() * dt / 2) * dt,
                            p.y() + (m.vy() + m.ay() * dt / 2) * dt,
                            p.z() + (m.vz() + m.az() * dt / 2) * dt));
            boolean isNew = tick >= changes.get(i);
            float vx = (float) (m.vx() + m.ax() * dt);
            float vy = (float) (m.vy() + m.ay() * dt);
            float vz = (float) (m.vz() + m.az() * dt);
            fleet.world.write(
                    ship,
                    new Motion(
                            vx,
                            vy,
                            vz,
                            isNew ? thrust(vx) : m.ax(),
                            isNew ? thrust(vy) : m.ay(),
                            isNew ? thrust(vz) : m.az()));
            turn(ship, isNew);
            if (isNew) {
                changes.set(i, tick + 10 + random.nextInt(31));
            }
            if (random.nextInt(20) == 0) {
                fleet.world.write(
                        ship, new Fleet.Plating(random.nextFloat() * 100, random.nextInt(4)));
            }
        }
        fleet.world.apply();
        fleet.world.stamp(tick);
    }

    private float thrust(float speed) {
        if (Math.abs(speed) > SPEED_MAX) {
            return (float) (-Math.signum(speed) * THRUST_MAX);
        }
        return (float) ((random.nextDouble() * 2 - 1) * THRUST_MAX);
    }

    private void turn(EntityId ship, boolean isNew) {
        Attitude a = fleet.world.read(ship, Attitude.class);
        Extrapolation.attitude(a.qx(), a.qy(), a.qz(), a.qw(), a.wx(), a.wy(), a.wz(), Fleet.DT, q);
        double length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        fleet.world.write(
                ship,
                new Attitude(
                        (float) (q[0] / length),
                        (float) (q[1] / length),
                        (float) (q[2] / length),
                        (float) (q[3] / length),
                        isNew ? spin() : a.wx(),
                        isNew ? spin() : a.wy(),
                        isNew ? spin() : a.wz()));
    }

    private float spin() {
        return (float) ((random.nextDouble() * 2 - 1) * TURN_MAX);
    }
}
