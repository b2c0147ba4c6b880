package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtrapolationTest {
    @Test
    void shouldFollowUniformAcceleration() {
        assertThat(Extrapolation.place(10, 3, -2, 4)).isEqualTo(10 + 12 - 16);
        assertThat(Extrapolation.place(10, 3, -2, 0)).isEqualTo(10);
    }

    @Test
    void shouldTurnAsRotationsDo() {
        Random random = new Random(2);
        double[] out = new double[4];
        for (int i = 0; i < 2_000; i++) {
            double[] q = unit(random);
            double[] w = {
                random.nextGaussian() * 2, random.nextGaussian() * 2, random.nextGaussian() * 2
            };
            double seconds = i % 2 == 0 ? random.nextDouble() : random.nextDouble() * 60;
            Extrapolation.attitude(q[0], q[1], q[2], q[3], w[0], w[1], w[2], seconds, out);
            double rate = Math.sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
            double sine = StrictMath.sin(rate * seconds / 2) / rate;
            double cosine = StrictMath.cos(rate * seconds / 2);
            double[] d = {w[0] * sine, w[1] * sine, w[2] * sine, cosine};
            double[] expected = {
                q[3] * d[0] + q[0] * d[3] + q[1] * d[2] - q[2] * d[1],
                q[3] * d[1] - q[0] * d[2] + q[1] * d[3] + q[2] * d[0],
                q[3] * d[2] + q[0] * d[1] - q[1] * d[0] + q[2] * d[3],
                q[3] * d[3] - q[0] * d[0] - q[1] * d[1] - q[2] * d[2]
            };
            for (int axis = 0; axis < 4; axis++) {
                assertThat(out[axis]).isCloseTo(expected[axis], within(1e-9));
            }
        }
    }

    @Test
    void shouldPackAttitudesWithinATenthOfABound() {
        Random random = new Random(3);
        double[] out = new double[4];
        for (int i = 0; i < 20_000; i++) {
            double[] q = unit(random);
            int code = AttitudeCode.pack(q[0], q[1], q[2], q[3]);
            AttitudeCode.unpack(code, out);
            double dot = out[0] * q[0] + out[1] * q[1] + out[2] * q[2] + out[3] * q[3];
            assertThat(Math.toDegrees(2 * Math.acos(Math.min(1, Math.abs(dot))))).isLessThan(0.25);
            double length = 0;
            for (double part : out) {
                length += part * part;
            }
            assertThat(length).isCloseTo(1, within(1e-12));
        }
        AttitudeCode.unpack(AttitudeCode.pack(0, 0, 0, 1), out);
        assertThat(out).containsExactly(0, 0, 0, 1);
        assertThat(AttitudeCode.pack(Double.NaN, 0, 0, 0)).isEqualTo(AttitudeCode.pack(0, 0, 0, 1));
    }

    private static double[] unit(Random random) {
        double[] q = new double[4];
        double squared = 0;
        for (int i = 0; i < 4; i++) {
            q[i] = random.nextGaussian();
            squared += q[i] * q[i];
        }
        for (int i = 0; i < 4; i++) {
            q[i] /= Math.sqrt(squared);
        }
        return q;
    }
}
