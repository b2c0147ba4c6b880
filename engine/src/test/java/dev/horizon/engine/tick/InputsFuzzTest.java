package dev.horizon.engine.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A tick reads its log's messages, whoever wrote them: damaged ones are counted, and the tick goes
 * on. {@code -Dfuzz.rounds} and {@code -Dfuzz.seed} make a long run of it.
 */
class InputsFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 20_000);
    private static final int ROUNDS_OF_A_NODE = 2_000;
    private static final int INPUTS_OF_A_TICK = 10;
    private static final List<String> NAMES =
            List.of(
                    "session-opened",
                    "session-closed",
                    "session-input",
                    "session-event",
                    "raw-client-message",
                    "dilation",
                    "tick-inputs",
                    "tick-hash",
                    "tape-start",
                    "async-result");

    @Test
    void shouldCountWhatIsDamagedAndGoOn() throws IOException {
        List<byte[]> golden = new ArrayList<>();
        for (String name : NAMES) {
            try (InputStream in =
                    getClass().getResourceAsStream("/golden/ticklog-" + name + ".bin")) {
                assertThat(in).as(name).isNotNull();
                golden.add(in.readAllBytes());
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        long malformed = 0;
        for (int round = 0; round < ROUNDS; round += ROUNDS_OF_A_NODE) {
            try (Rig rig = new Rig()) {
                for (int i = 0; i < ROUNDS_OF_A_NODE; i += INPUTS_OF_A_TICK) {
                    for (int input = 0; input < INPUTS_OF_A_TICK; input++) {
                        rig.inputs.add(next(golden, random));
                    }
                    try {
                        rig.tick(1);
                    } catch (RuntimeException e) {
                        throw new AssertionError("seed " + SEED + ", round " + (round + i), e);
                    }
                    rig.received.clear();
                }
                malformed += rig.loop.metrics().count(Counter.INPUTS_MALFORMED);
            }
        }
        assertThat(malformed).isPositive();
    }

    private static byte[] next(List<byte[]> golden, SplittableRandom random) {
        byte[] message = golden.get(random.nextInt(golden.size())).clone();
        if (random.nextInt(4) == 0) {
            message = Arrays.copyOf(message, random.nextInt(message.length + 1));
        }
        int within = random.nextBoolean() ? message.length : Math.min(message.length, 12);
        for (int flips = random.nextInt(5); flips > 0 && within > 0; flips--) {
            message[random.nextInt(within)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4) - 1);
        }
        return message;
    }
}
