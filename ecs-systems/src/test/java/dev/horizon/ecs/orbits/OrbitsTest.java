package dev.horizon.ecs.orbits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.ecs.MechanismWorld;
import dev.horizon.ecs.Ships;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Motion;
import dev.horizon.engine.world.Position;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrbitsTest {
    private static final double MU = 3e10;
    private final MechanismWorld world = MechanismWorld.standard(1);

    @AfterEach
    void close() {
        world.close();
    }

    private EntityId body(EntityId around, int depth, Elements elements, double mu) {
        return world.create(
                Ships.at(0, 0, 0), Ships.moving(0, 0, 0), elements.around(around, depth, mu));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldConserveEnergyAndAngularMomentum(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double a = random.nextDouble(1e5, 2e6);
        Elements elements =
                new Elements(
                        a,
                        random.nextDouble(0, 0.8),
                        random.nextDouble(0, 3),
                        random.nextDouble(0, 6),
                        random.nextDouble(0, 6),
                        random.nextDouble(0, 6));
        EntityId body = body(EntityId.NONE, 0, elements, MU);
        double energy = -MU / (2 * a);
        double spin = Math.sqrt(MU * a * (1 - elements.eccentricity() * elements.eccentricity()));
        for (int i = 0; i < 200; i++) {
            world.step();
            Position p = world.read(body, Position.class);
            Motion v = world.read(body, Motion.class);
            double r = Math.sqrt(p.x() * p.x() + p.y() * p.y() + p.z() * p.z());
            double speedSquared =
                    (double) v.vx() * v.vx() + (double) v.vy() * v.vy() + (double) v.vz() * v.vz();
            double lx = p.y() * v.vz() - p.z() * v.vy();
            double ly = p.z() * v.vx() - p.x() * v.vz();
            double lz = p.x() * v.vy() - p.y() * v.vx();
            assertThat(speedSquared / 2 - MU / r)
                    .as("energy, seed %d", seed)
                    .isCloseTo(energy, within(1e-4 * Math.abs(energy)));
            assertThat(Math.sqrt(lx * lx + ly * ly + lz * lz))
                    .as("angular momentum, seed %d", seed)
                    .isCloseTo(spin, within(1e-5 * spin));
        }
    }

    @Test
    void shouldReturnAfterOnePeriod() {
        // A period of exactly 2,000 ticks: mu = 4 pi² a³ / T².
        double a = 1e5;
        double period = 2_000 * MechanismWorld.DT;
        double mu = 4 * Math.PI * Math.PI * a * a * a / (period * period);
        EntityId body = body(EntityId.NONE, 0, new Elements(a, 0.3, 1, 2, 3, 0.5), mu);
        world.step();
        Position start = world.read(body, Position.class);
        world.steps(1_000);
        Position half = world.read(body, Position.class);
        assertThat(Math.abs(half.x() - start.x()) + Math.abs(half.y() - start.y()))
                .isGreaterThan(a / 2);
        world.steps(1_000);
        Position end = world.read(body, Position.class);
        assertThat(end.x()).isCloseTo(start.x(), within(0.01));
        assertThat(end.y()).isCloseTo(start.y(), within(0.01));
        assertThat(end.z()).isCloseTo(start.z(), within(0.01));
    }

    @Test
    void shouldMoveAsItsMotionSays() {
        EntityId body = body(EntityId.NONE, 0, new Elements(2e5, 0.5, 0.3, 1, 2, 3), MU);
        world.step();
        Position from = world.read(body, Position.class);
        Motion v = world.read(body, Motion.class);
        world.step();
        Position to = world.read(body, Position.class);
        double dt = MechanismWorld.DT;
        assertThat(to.x()).isCloseTo(from.x() + v.vx() * dt + v.ax() * dt * dt / 2, within(0.01));
        assertThat(to.y()).isCloseTo(from.y() + v.vy() * dt + v.ay() * dt * dt / 2, within(0.01));
        assertThat(to.z()).isCloseTo(from.z() + v.vz() * dt + v.az() * dt * dt / 2, within(0.01));
    }

    @Test
    void shouldCarryMoonsAndStationsWithTheirPlanet() {
        EntityId planet = body(EntityId.NONE, 0, new Elements(1e6, 0.1, 0, 0, 0, 0), MU);
        // The station's table row comes to life before its moon does: depth decides, not order.
        EntityId moon = body(planet, 1, new Elements(5e4, 0, 0.4, 0, 0, 1), 1e9);
        EntityId station = body(moon, 2, new Elements(2e3, 0, 0, 0, 0, 2), 1e7);
        world.steps(500);
        assertThat(distance(planet, moon)).isCloseTo(5e4, within(1e-3));
        assertThat(distance(moon, station)).isCloseTo(2e3, within(1e-3));
    }

    private double distance(EntityId one, EntityId other) {
        Position p = world.read(one, Position.class);
        Position q = world.read(other, Position.class);
        return Math.sqrt(
                (p.x() - q.x()) * (p.x() - q.x())
                        + (p.y() - q.y()) * (p.y() - q.y())
                        + (p.z() - q.z()) * (p.z() - q.z()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.7, 0.95, 0.999})
    void shouldSolveKeplersEquation(double eccentricity) {
        for (double m = -20; m < 20; m += 0.037) {
            double e = Kepler.eccentricAnomaly(m, eccentricity);
            double reduced = m - 2 * Math.PI * Math.floor(m / (2 * Math.PI) + 0.5);
            assertThat(e - eccentricity * Math.sin(e)).isCloseTo(reduced, within(1e-10));
        }
    }

    @Test
    void shouldRefuseWhatIsNoEllipse() {
        assertThatThrownBy(() -> new Elements(1, 1, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Elements(Double.NaN, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
