package dev.horizon.engine.channels;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Component;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.MaxLength;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.Quantum;
import dev.horizon.engine.world.Replicated;
import dev.horizon.engine.world.Size;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Steering;
import dev.horizon.engine.world.SteeringColumn;
import dev.horizon.engine.world.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A world of ships that draw new thrust and turn at random, their subsystems, rocks and bodies:
 * moved by loops of its own, so that the encoder is tested without any system.
 */
public final class Fleet implements AutoCloseable {
    static final int TICK_HZ = 20;
    static final double DT = 1.0 / TICK_HZ;
    static final double THRUST_MAX = 30;

    /** Seen from near. */
    @Component
    @Replicated({Tier.CLOSE, Tier.MEDIUM})
    public record Plating(@Quantum(0.5) float points, int layers) {}

    /** Seen from far. */
    @Component
    @Replicated({Tier.CLOSE, Tier.MEDIUM, Tier.LOW})
    public record Callsign(@MaxLength(16) String text, SizeClass kind, EntityId chief) {}

    /** Of a subsystem. */
    @Component
    @Replicated(Tier.CLOSE)
    public record Turret(short heat, boolean on) {}

    /** Nice to know, of who is near. */
    @Component
    @Replicated(value = Tier.CLOSE, cosmetic = true)
    public record Paint(int colour) {}

    /** Seen by nobody. */
    @Component
    public record Secret(long value) {}

    static final List<ComponentType<?>> TYPES =
            List.of(
                    PlatingColumn.TYPE,
                    CallsignColumn.TYPE,
                    TurretColumn.TYPE,
                    PaintColumn.TYPE,
                    SecretColumn.TYPE,
                    SteeringColumn.TYPE);

    final WorldState world = WorldState.create(1, TYPES);
    final Random random;
    final List<EntityId> ships = new ArrayList<>();
    final List<EntityId> rocks = new ArrayList<>();
    final List<EntityId> turrets = new ArrayList<>();
    long tick;

    private final double extent;

    Fleet(long seed, double extentMetres) {
        random = new Random(seed);
        extent = extentMetres;
    }

    double coordinate() {
        return (random.nextDouble() * 2 - 1) * extent;
    }

    EntityId ship(SizeClass sizeClass, int subsystems) {
        EntityId ship =
                world.create(
                        new Position(coordinate(), coordinate(), coordinate()),
                        new Motion(0, 0, 0, 0, 0, 0),
                        new Attitude(0, 0, 0, 1, 0, 0, 0),
                        new Size(sizeClass, 20),
                        new Plating(100, 3),
                        new Callsign("S" + ships.size(), sizeClass, EntityId.NONE),
                        new Secret(7));
        ships.add(ship);
        for (int i = 0; i < subsystems; i++) {
            turrets.add(
                    world.create(
                            new Parent(ship, i, 0, 0), new Turret((short) i, true), new Secret(i)));
        }
        return ship;
    }

    /** A ship that is told by its controls. */
    EntityId steered() {
        EntityId ship =
                world.create(
                        new Position(coordinate(), coordinate(), coordinate()),
                        new Motion(0, 0, 0, 0, 0, 0),
                        new Attitude(0, 0, 0, 1, 0, 0, 0),
                        new Size(SizeClass.CRAFT, 20),
                        new Steering(1, 0, 0, 0, 0, 0, 1),
                        new Plating(100, 3));
        ships.add(ship);
        return ship;
    }

    /** All that has a place, or had one. */
    List<EntityId> placed() {
        List<EntityId> all = new ArrayList<>(ships);
        all.addAll(rocks);
        return all;
    }

    EntityId rock() {
        EntityId rock =
                world.create(
                        new Position(coordinate(), coordinate(), coordinate()),
                        new Size(SizeClass.CRAFT, 50),
                        new Plating(1_000, 1));
        rocks.add(rock);
        return rock;
    }

    /** Moves everything by a tick, and now and then draws new thrust, turn and damage. */
    void step() {
        tick++;
        for (int t = 0; t < world.tableCount(); t++) {
            Table table = world.table(t);
            PositionColumn position = table.column(PositionColumn.TYPE);
            MotionColumn motion = table.column(MotionColumn.TYPE);
            SteeringColumn steering = table.column(SteeringColumn.TYPE);
            if (steering != null) {
                fly(table, steering);
                continue;
            }
            if (position != null && motion != null) {
                move(table, position, motion);
            }
            AttitudeColumn attitude = table.column(AttitudeColumn.TYPE);
            if (attitude != null) {
                turn(table, attitude);
            }
        }
        world.apply();
        world.stamp(tick);
    }

    private void move(Table table, PositionColumn p, MotionColumn m) {
        for (int row = 0; row < table.size(); row++) {
            p.x[row] += (m.vx[row] + m.ax[row] * DT / 2) * DT;
            p.y[row] += (m.vy[row] + m.ay[row] * DT / 2) * DT;
            p.z[row] += (m.vz[row] + m.az[row] * DT / 2) * DT;
            m.vx[row] += (float) (m.ax[row] * DT);
            m.vy[row] += (float) (m.ay[row] * DT);
            m.vz[row] += (float) (m.az[row] * DT);
            if (random.nextInt(25) == 0) {
                m.ax[row] = thrust(p.x[row], m.vx[row]);
                m.ay[row] = thrust(p.y[row], m.vy[row]);
                m.az[row] = thrust(p.z[row], m.vz[row]);
            }
        }
        for (int range = 0; range * 1024 < table.size(); range++) {
            p.markRange(range);
            m.markRange(range);
        }
    }

    /** Towards the middle from beyond the extent, and never much faster than 300 m/s. */
    private float thrust(double place, float speed) {
        if (Math.abs(place) > extent) {
            return (float) (-Math.signum(place) * THRUST_MAX);
        }
        if (Math.abs(speed) > 300) {
            return (float) (-Math.signum(speed) * THRUST_MAX);
        }
        return (float) ((random.nextDouble() * 2 - 1) * THRUST_MAX);
    }

    /** By the controls alone, as receivers do it; to a float. */
    private void fly(Table table, SteeringColumn controls) {
        PositionColumn p = Objects.requireNonNull(table.column(PositionColumn.TYPE));
        MotionColumn m = Objects.requireNonNull(table.column(MotionColumn.TYPE));
        AttitudeColumn a = Objects.requireNonNull(table.column(AttitudeColumn.TYPE));
        double[] pull = new double[3];
        for (int row = 0; row < table.size(); row++) {
            if (random.nextInt(25) == 0) {
                controls.thrustX[row] = (float) (random.nextDouble() * THRUST_MAX);
                controls.spinY[row] = random.nextFloat() - 0.5f;
                controls.spinZ[row] = random.nextFloat() - 0.5f;
                controls.markRow(row);
            }
            double[] s = {
                p.x[row],
                p.y[row],
                p.z[row],
                m.vx[row],
                m.vy[row],
                m.vz[row],
                a.qx[row],
                a.qy[row],
                a.qz[row],
                a.qw[row],
                a.wx[row],
                a.wy[row],
                a.wz[row],
                controls.thrustX[row],
                controls.thrustY[row],
                controls.thrustZ[row],
                controls.spinX[row],
                controls.spinY[row],
                controls.spinZ[row],
                controls.spinRamp[row]
            };
            FlightLaw.pull(s, 0, pull, 0);
            FlightLaw.step(s, 0, 1, DT);
            p.setRow(row, new Position(s[0], s[1], s[2]));
            m.setRow(
                    row,
                    new Motion(
                            (float) s[3],
                            (float) s[4],
                            (float) s[5],
                            (float) pull[0],
                            (float) pull[1],
                            (float) pull[2]));
            a.setRow(
                    row,
                    new Attitude(
                            (float) s[6],
                            (float) s[7],
                            (float) s[8],
                            (float) s[9],
                            (float) s[10],
                            (float) s[11],
                            (float) s[12]));
        }
        for (int range = 0; range * 1024 < table.size(); range++) {
            p.markRange(range);
            m.markRange(range);
            a.markRange(range);
        }
    }

    private final double[] q = new double[4];

    private void turn(Table table, AttitudeColumn a) {
        for (int row = 0; row < table.size(); row++) {
            Extrapolation.attitude(
                    a.qx[row], a.qy[row], a.qz[row], a.qw[row], a.wx[row], a.wy[row], a.wz[row], DT,
                    q);
            double length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
            a.qx[row] = (float) (q[0] / length);
            a.qy[row] = (float) (q[1] / length);
            a.qz[row] = (float) (q[2] / length);
            a.qw[row] = (float) (q[3] / length);
            if (random.nextInt(25) == 0) {
                a.wx[row] = random.nextFloat() - 0.5f;
                a.wy[row] = random.nextFloat() - 0.5f;
                a.wz[row] = random.nextFloat() - 0.5f;
            }
        }
        for (int range = 0; range * 1024 < table.size(); range++) {
            a.markRange(range);
        }
    }

    /** Stops everything that moves and turns. */
    void halt() {
        world.forEach(
                Motion.class,
                entity -> {
                    world.write(entity, new Motion(0, 0, 0, 0, 0, 0));
                    Attitude a = world.read(entity, Attitude.class);
                    world.write(entity, new Attitude(a.qx(), a.qy(), a.qz(), a.qw(), 0, 0, 0));
                });
    }

    /** A tick in which nothing draws anything new. */
    void rest() {
        tick++;
        world.apply();
        world.stamp(tick);
    }

    @Override
    public void close() {
        world.close();
    }
}
