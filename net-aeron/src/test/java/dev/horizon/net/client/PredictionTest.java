package dev.horizon.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.horizon.engine.channels.Extrapolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The prediction of the own ship, held to the flight that the browser SDK is held to. */
class PredictionTest {
    private static final int HZ = 20;
    private static final double[] IDLE = {0, 0, 0};

    /** The vector's: thrust along two axes, a turn about the third. */
    private static void step(ShipState state, double[] input, double seconds) {
        state.ax = input[0];
        state.ay = input[1];
        state.vx += state.ax * seconds;
        state.vy += state.ay * seconds;
        state.x += state.vx * seconds;
        state.y += state.vy * seconds;
        state.wz = input[2];
        double[] q = new double[4];
        Extrapolation.attitude(
                state.qx, state.qy, state.qz, state.qw, state.wx, state.wy, state.wz, seconds, q);
        state.qx = q[0];
        state.qy = q[1];
        state.qz = q[2];
        state.qw = q[3];
    }

    private static Prediction<double[]> prediction() {
        return new Prediction<>(PredictionTest::step, IDLE, HZ, Prediction.Tuning.standard());
    }

    private static double[] numbers(JsonNode list, int more) {
        double[] numbers = new double[list.size() + more];
        for (int i = 0; i < list.size(); i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }

    @Test
    void shouldPredictWhatTheBrowserSdkPredicts() throws IOException {
        JsonNode calls =
                JsonMapper.shared()
                        .readTree(
                                Files.readString(
                                        Path.of("src/test/resources/prediction-vector.json")));
        Prediction<double[]> prediction = prediction();
        ShipState shown = new ShipState();
        int places = 0;
        for (JsonNode call : calls) {
            JsonNode result = call.get("result");
            if (call.has("send")) {
                prediction.send(
                        call.get("send").asInt(),
                        numbers(call.get("input"), 0),
                        call.get("now").asDouble(),
                        call.get("roundTripMillis").asDouble());
            } else if (call.has("hear")) {
                hear(prediction, call);
                assertThat(prediction.corrections())
                        .as("%s", call)
                        .isEqualTo(result.get("corrections").asInt());
                assertThat(prediction.leadTicks())
                        .as("%s", call)
                        .isCloseTo(result.get("lead").asDouble(0), within(1e-9));
            } else {
                boolean isPredicted = prediction.place(call.get("place").asDouble(), shown);
                assertThat(isPredicted).as("%s", call).isEqualTo(!result.isNull());
                if (isPredicted) {
                    assertSame(shown, numbers(result, 0), call);
                    places++;
                }
            }
        }
        assertThat(places).isGreaterThan(150);
        assertThat(prediction.corrections()).isGreaterThan(2);
    }

    private static void hear(Prediction<double[]> prediction, JsonNode call) {
        double[] track = numbers(call.get("motion"), 1);
        track[9] = call.get("motionTick").asDouble();
        double @Nullable [] turn = null;
        if (!call.get("turn").isNull()) {
            turn = numbers(call.get("turn"), 1);
            turn[7] = call.get("turnTick").asDouble();
        }
        long tick = call.get("hear").asLong();
        prediction.hear(
                tick,
                call.get("sequence").asInt(),
                Prediction.said(track, turn, tick, HZ),
                call.get("now").asDouble(),
                null);
    }

    private static void assertSame(ShipState state, double[] expected, JsonNode call) {
        double[] found = {
            state.x, state.y, state.z, state.vx, state.vy, state.vz, state.ax, state.ay, state.az,
            state.qx, state.qy, state.qz, state.qw, state.wx, state.wy, state.wz
        };
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("%s, number %d", call, i).isCloseTo(expected[i], within(1e-9));
        }
    }

    @Test
    void shouldLetAnInputActAtOnceAndEndWhereNobodyLooked() {
        Prediction<double[]> prediction = prediction();
        ShipState shown = new ShipState();
        assertThat(prediction.place(10, shown)).isFalse();
        prediction.send(1, new double[] {0, 20, 0}, 10, 100);
        double[] track = {0, 0, 0, 30, 0, 0, 0, 0, 0, 10};
        prediction.hear(10, 0, Prediction.said(track, null, 10, HZ), 10, null);
        assertThat(prediction.place(12, shown)).isTrue();
        assertThat(shown.vy).isPositive();
        assertThat(shown.x).isGreaterThan(0);
        assertThat(prediction.place(500, shown)).as("silence for long").isFalse();
        assertThat(prediction.isActive()).isFalse();
    }
}
