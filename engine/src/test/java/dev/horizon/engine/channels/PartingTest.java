package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartingTest {
    private static final int PAIRS = 20_000;
    private static final int STRIDES = 20;
    private static final double METRES = 0.25;
    private static final double RADIANS = Math.toRadians(1.5);

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void shouldNeverSayOfFlightsThatPartThatTheyStayTogether() {
        int said = 0;
        int stayed = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            double[] one = state();
            double[] other = one.clone();
            double by = Math.pow(10, random.nextDouble(-5, 0));
            blur(other, 0, 3, by);
            blur(other, Flight.VELOCITY, 3, by);
            blur(other, Flight.ATTITUDE, 4, by * 0.05);
            normalise(other);
            blur(other, Flight.TURN, 3, by * 0.2);
            blur(other, Flight.THRUST, 3, by * 5);
            blur(other, Flight.SPIN, 3, by * 0.2);
            double seconds = random.nextDouble(0.05, 1.5);
            boolean isSaid = Parting.isWithin(one, other, seconds, METRES, RADIANS);
            FlightLaw.step(one, 0, STRIDES, seconds / STRIDES);
            FlightLaw.step(other, 0, STRIDES, seconds / STRIDES);
            boolean isTrue = apart(one, other) <= METRES && angle(one, other) <= RADIANS;
            said += isSaid ? 1 : 0;
            stayed += isTrue ? 1 : 0;
            assertThat(!isSaid || isTrue)
                    .as("pair %d: %s m, %s rad", pair, apart(one, other), angle(one, other))
                    .isTrue();
        }
        // A bound that never decides would be right, but of no use.
        assertThat(said).isGreaterThan(stayed / 2);
    }

    @Test
    void shouldSayNothingOfOtherRampsAndOfWhatIsNoNumber() {
        double[] one = state();
        double[] other = one.clone();
        assertThat(Parting.isWithin(one, other, 1, METRES, RADIANS)).isTrue();
        other[Flight.RAMP] += 1;
        assertThat(Parting.isWithin(one, other, 1, METRES, RADIANS)).isFalse();
        for (int i = 0; i < Flight.NUMBERS; i++) {
            other = one.clone();
            other[i] = Double.NaN;
            assertThat(Parting.isWithin(one, other, 1, METRES, RADIANS)).as("%d", i).isFalse();
        }
    }

    private double[] state() {
        double[] state = new double[Flight.NUMBERS];
        blur(state, 0, 3, 1_000);
        blur(state, Flight.VELOCITY, 3, 500);
        blur(state, Flight.ATTITUDE, 4, 1);
        normalise(state);
        blur(state, Flight.TURN, 3, 1.5);
        blur(state, Flight.THRUST, 3, 60);
        blur(state, Flight.SPIN, 3, 1.5);
        state[Flight.RAMP] = random.nextDouble(0, 8);
        return state;
    }

    private void blur(double[] state, int from, int numbers, double by) {
        for (int i = from; i < from + numbers; i++) {
            state[i] += random.nextDouble(-by, by);
        }
    }

    private static void normalise(double[] state) {
        double sum = 0;
        for (int i = Flight.ATTITUDE; i < Flight.ATTITUDE + 4; i++) {
            sum += state[i] * state[i];
        }
        for (int i = Flight.ATTITUDE; i < Flight.ATTITUDE + 4; i++) {
            state[i] /= Math.sqrt(sum);
        }
    }

    private static double apart(double[] one, double[] other) {
        return Math.hypot(Math.hypot(one[0] - other[0], one[1] - other[1]), one[2] - other[2]);
    }

    private static double angle(double[] one, double[] other) {
        double dot = 0;
        for (int i = Flight.ATTITUDE; i < Flight.ATTITUDE + 4; i++) {
            dot += one[i] * other[i];
        }
        return 2 * Math.acos(Math.min(1, Math.abs(dot)));
    }
}
