package dev.horizon.ecs.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.ecs.MechanismWorld;
import dev.horizon.ecs.Ships;
import dev.horizon.engine.world.Attitude;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Parent;
import dev.horizon.engine.world.Position;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightTest {
    private final MechanismWorld world = MechanismWorld.standard(1);

    @AfterEach
    void close() {
        world.close();
    }

    private EntityId ship(Controls controls, Attitude attitude, Record... more) {
        Record[] all = new Record[5 + more.length];
        all[0] = Ships.at(0, 0, 0);
        all[1] = Ships.moving(0, 0, 0);
        all[2] = attitude;
        all[3] = Ships.MODEL;
        all[4] = controls;
        System.arraycopy(more, 0, all, 5, more.length);
        return world.create(all);
    }

    private static Controls thrust(float x, float y, float z) {
        return new Controls(x, y, z, 0, 0, 0, false, EntityId.NONE);
    }

    @Test
    void shouldAccelerateAlongTheNoseByThrustOverMass() {
        EntityId ship = ship(thrust(1, 0, 0), Ships.AHEAD);
        world.steps(100);
        // 4,000 kN over 100 t is 40 m/s²; x = a t² / 2, as receivers extrapolate it.
        assertThat(world.read(ship, Motion.class).vx()).isCloseTo(200f, within(0.01f));
        assertThat(world.read(ship, Motion.class).ax()).isEqualTo(40f);
        assertThat(world.read(ship, Position.class).x()).isCloseTo(40 * 25 / 2.0, within(0.05));
    }

    @Test
    void shouldThrustInTheShipsOwnAxes() {
        float half = (float) Math.sqrt(0.5);
        // A quarter turn to the left about the top: the nose points along +y.
        EntityId ship = ship(thrust(1, 0, 0), new Attitude(0, 0, half, half, 0, 0, 0));
        world.steps(20);
        Motion motion = world.read(ship, Motion.class);
        assertThat(motion.vx()).isCloseTo(0f, within(0.01f));
        assertThat(motion.vy()).isCloseTo(40f, within(0.01f));
    }

    @Test
    void shouldKeepMomentumWithoutDemand() {
        EntityId ship = ship(Controls.NEUTRAL, Ships.AHEAD);
        world.state.write(ship, Ships.moving(12, -3, 7));
        world.steps(1_000);
        assertThat(world.read(ship, Motion.class)).isEqualTo(new Motion(12, -3, 7, 0, 0, 0));
        assertThat(world.read(ship, Position.class).x()).isCloseTo(600, within(1e-6));
    }

    @Test
    void shouldNotExceedTheSpeedLimit() {
        EntityId ship = ship(thrust(1, 1, -1), Ships.AHEAD);
        world.steps(1_000);
        Motion motion = world.read(ship, Motion.class);
        double speed =
                Math.sqrt(
                        motion.vx() * motion.vx()
                                + motion.vy() * motion.vy()
                                + motion.vz() * motion.vz());
        assertThat(speed).isCloseTo(500, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldKeepQuaternionsOfLengthOne(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EntityId ship = ship(Controls.NEUTRAL, Ships.AHEAD);
        for (int i = 0; i < 500; i++) {
            world.state.write(
                    ship,
                    new Controls(
                            0,
                            0,
                            0,
                            (float) random.nextDouble(-1, 1),
                            (float) random.nextDouble(-1, 1),
                            (float) random.nextDouble(-1, 1),
                            false,
                            EntityId.NONE));
            world.step();
            Attitude q = world.read(ship, Attitude.class);
            double norm = q.qx() * q.qx() + q.qy() * q.qy() + q.qz() * q.qz() + q.qw() * q.qw();
            assertThat(norm).as("seed %d, step %d", seed, i).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void shouldTurnAboutTheTopAtTheModelsRate() {
        EntityId ship = ship(new Controls(0, 0, 0, 0, 0, 1, false, EntityId.NONE), Ships.AHEAD);
        world.steps(41);
        Attitude q = world.read(ship, Attitude.class);
        assertThat(q.wz()).isEqualTo(1.5f);
        // Ramps up by 3 rad/s² to 1.5 rad/s in 10 ticks: the sum of the rates gives the angle.
        double angle = 0;
        for (int i = 1; i <= 41; i++) {
            angle += Math.min(1.5, 0.15 * i) * MechanismWorld.DT;
        }
        assertThat(2 * Math.atan2(q.qz(), q.qw())).isCloseTo(angle, within(0.01));
    }

    @Test
    void shouldClampDemandsAndIgnoreNaN() {
        EntityId wild = ship(thrust(1e30f, Float.NaN, Float.NEGATIVE_INFINITY), Ships.AHEAD);
        world.steps(2);
        Motion motion = world.read(wild, Motion.class);
        assertThat(motion.ax()).isEqualTo(40f);
        assertThat(motion.ay()).isZero();
        assertThat(motion.az()).isEqualTo(-20f);
    }

    @Test
    void shouldBurnFuelAndLimpWithoutIt() {
        EntityId ship = ship(thrust(1, 0, 0), Ships.AHEAD, new Fuel(1, 100, 10));
        world.steps(2);
        assertThat(world.read(ship, Fuel.class).kilograms()).isZero();
        world.step();
        assertThat(world.read(ship, Motion.class).ax()).isCloseTo(4f, within(1e-4f));
    }

    @Test
    void shouldDriftInStraightLinesAndExpire() {
        EntityId drifter = world.create(Ships.at(0, 0, 0), Ships.moving(10, 0, 0), new Drift(20));
        world.steps(19);
        assertThat(world.read(drifter, Position.class).x()).isCloseTo(9.5, within(1e-9));
        world.step();
        assertThat(world.state.exists(drifter)).isFalse();
    }

    @Test
    void shouldMoveRidersWithTheirCarrier() {
        EntityId carrier = ship(thrust(1, 0, 0), Ships.AHEAD);
        EntityId rider =
                world.create(
                        Ships.at(0, 0, 0), Ships.moving(0, 0, 0), new Parent(carrier, 5, 6, 7));
        world.steps(40);
        Position at = world.read(carrier, Position.class);
        assertThat(world.read(rider, Position.class))
                .isEqualTo(new Position(at.x() + 5, at.y() + 6, at.z() + 7));
        assertThat(world.read(rider, Motion.class)).isEqualTo(world.read(carrier, Motion.class));
    }
}
