package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FlightTest {
    private static final int TICK_HZ = 20;
    private static final int PLACE_EXPONENT = -3;
    private static final int LEVEL = AttitudeCode.pack(0, 0, 0, 1);
    private static final int NOTHING = (int) PackedThree.pack(0, 0, 0);
    private static final double[] AT_REST = {16, -32, 8, 0, 0, 0};

    private static int thrust(double x, double y, double z) {
        return (int) PackedThree.pack(new double[] {x, y, z}, 0, Flight.THRUST_STEP, false);
    }

    private static int spin(double x, double y, double z) {
        return (int) PackedThree.pack(new double[] {x, y, z}, 0, Flight.SPIN_STEP, false);
    }

    private static Flight flight(int thrust, int spin, double ramp) {
        Flight flight = new Flight();
        flight.begin(
                100,
                TICK_HZ,
                AT_REST,
                LEVEL,
                NOTHING,
                thrust,
                spin,
                (int) (ramp / Flight.RAMP_STEP));
        return flight;
    }

    @Test
    void shouldFlyStraightWithoutSpin() {
        double[] after = flight(thrust(8, 0, -4), NOTHING, 4).at(140);
        assertThat(after[0]).isCloseTo(16 + 8 * 2 * 2 / 2.0, within(1e-9));
        assertThat(after[2]).isCloseTo(8 - 4 * 2 * 2 / 2.0, within(1e-9));
        assertThat(after[3]).isCloseTo(16, within(1e-9));
    }

    @Test
    void shouldTurnItsThrustAlong() {
        // A turn to the left of 1 rad/s, at once: after a quarter turn it pulls to the left.
        Flight flight = flight(thrust(16, 0, 0), spin(0, 0, 1), 200);
        double ticks = Math.PI / 2 * TICK_HZ;
        double[] state = flight.at(100 + ticks).clone();
        // The integral of a vector that turns: v = a / w * (sin wt, 1 - cos wt).
        assertThat(state[3]).isCloseTo(16, within(0.45));
        assertThat(state[4]).isCloseTo(16, within(0.45));
        double[] pull = new double[9];
        Flight.plain(state, pull);
        assertThat(pull[6]).isCloseTo(0, within(0.5));
        assertThat(pull[7]).isCloseTo(16, within(0.1));
    }

    @Test
    void shouldComeToItsSpinAtASteadyRate() {
        Flight flight = flight(NOTHING, spin(0, 1, -0.25), 2);
        assertThat(flight.at(105)[Flight.TURN + 1]).isCloseTo(0.5, within(1e-9));
        assertThat(flight.at(105)[Flight.TURN + 2]).isEqualTo(-0.25);
        assertThat(flight.at(110)[Flight.TURN + 1]).isCloseTo(1, within(1e-9));
        assertThat(flight.at(150)[Flight.TURN + 1]).isEqualTo(1);
    }

    @Test
    void shouldBeTheSameHoweverItIsAsked() {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int thrust = thrust(noise(random, 30), noise(random, 30), noise(random, 30));
            int spin = spin(noise(random, 2), noise(random, 2), noise(random, 2));
            Flight straight = flight(thrust, spin, 4);
            Flight wandering = flight(thrust, spin, 4);
            for (int i = 0; i < 5; i++) {
                wandering.at(95 + random.nextDouble() * 60);
            }
            assertThat(wandering.at(140)).as("seed %s", seed).isEqualTo(straight.at(140));
        }
    }

    @Test
    void shouldApplyControlsAsIfTheyHadComeInTime() {
        int thrust = thrust(10, 0, 5);
        int spin = spin(0.5, 0, -1);
        Flight late = flight(thrust(-20, 3, 0), spin(1, 1, 0), 4);
        Flight inTime = flight(thrust(-20, 3, 0), spin(1, 1, 0), 4);
        assertThat(late.steer(120, 5, thrust, spin, PLACE_EXPONENT)).isTrue();
        assertThat(inTime.steer(115, 0, thrust, spin, PLACE_EXPONENT)).isTrue();
        for (int i = 0; i < 3; i++) {
            // Rounded at another tick: a step of each grid, and what comes of it in five ticks.
            assertThat(late.at(120)[i]).isCloseTo(inTime.at(120)[i], within(0.05));
            assertThat(late.at(120)[Flight.TURN + i])
                    .isCloseTo(inTime.at(120)[Flight.TURN + i], within(0.01));
        }
    }

    @Test
    void shouldLieOnItsGridsAfterARow() {
        long seed = 5;
        Random random = new Random(seed);
        Flight flight = flight(thrust(30, 0, 0), NOTHING, 4);
        double[] track = new double[9];
        for (int tick = 101; tick < 400; tick += 3) {
            flight.steer(
                    tick,
                    random.nextInt(2),
                    thrust(noise(random, 30), noise(random, 30), noise(random, 30)),
                    spin(noise(random, 2), noise(random, 2), noise(random, 2)),
                    PLACE_EXPONENT);
            flight.track(track, 0);
            for (int axis = 0; axis < 3; axis++) {
                assertThat(track[axis] * 32)
                        .as("seed %s", seed)
                        .isEqualTo(Math.rint(track[axis] * 32));
                assertThat((double) (float) track[3 + axis]).isEqualTo(track[3 + axis]);
            }
            assertThat(flight.packedTurn()).isNotEqualTo(PackedThree.NONE);
            Flight again = new Flight();
            again.begin(
                    tick,
                    TICK_HZ,
                    track,
                    flight.attitudeCode(),
                    (int) flight.packedTurn(),
                    flight.packedThrust(),
                    flight.packedSpin(),
                    flight.rampSteps());
            assertThat(again.at(tick + 40)).as("seed %s", seed).isEqualTo(flight.at(tick + 40));
        }
    }

    @Test
    void shouldRefuseControlsFromBeforeItsLastRow() {
        Flight flight = flight(NOTHING, NOTHING, 4);
        assertThat(flight.steer(102, 3, NOTHING, NOTHING, PLACE_EXPONENT)).isFalse();
        assertThat(flight.tick()).isEqualTo(100);
    }

    @Test
    void shouldNotStepThroughAges() {
        Flight flight = flight(thrust(1, 0, 0), spin(1, 0, 0), 4);
        assertThat(flight.at(Long.MAX_VALUE / 2)[0]).isFinite();
    }

    @Test
    void shouldHoldCoarseControlsInABytePerNumber() {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            double[] wanted = {noise(random, 100), noise(random, 100), noise(random, 100)};
            int packed = (int) PackedThree.pack(wanted, 0, Flight.THRUST_STEP, true);
            assertThat(PackedThree.isCoarse(packed)).as("seed %s", seed).isTrue();
            assertThat(
                            PackedThree.fine(
                                    PackedThree.coarse(packed, 0),
                                    PackedThree.coarse(packed, 1),
                                    PackedThree.coarse(packed, 2),
                                    PackedThree.exponent(packed)))
                    .isEqualTo(packed);
            double most =
                    Math.max(
                            Math.abs(wanted[0]),
                            Math.max(Math.abs(wanted[1]), Math.abs(wanted[2])));
            for (int axis = 0; axis < 3; axis++) {
                assertThat(PackedThree.part(packed, axis) * Flight.THRUST_STEP)
                        .isCloseTo(wanted[axis], within(Math.max(0.01, most / 60)));
            }
        }
    }

    private static double noise(Random random, double most) {
        return (2 * random.nextDouble() - 1) * most;
    }
}
