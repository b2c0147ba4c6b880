package dev.horizon.mesh.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Damaged messages are no messages, or other ones; they never throw. */
class MeshDecoderFuzzTest {
    private static final List<String> VECTORS =
            List.of(
                    "confirm-gone",
                    "entity-beyond",
                    "hello-wanted",
                    "node-goodbye",
                    "node-hello",
                    "node-refused",
                    "node-report",
                    "node-state",
                    "node-welcome",
                    "region-state",
                    "request-done",
                    "state-end",
                    "state-head",
                    "state-request",
                    "transfer-order",
                    "transfer-request",
                    "transfer-state",
                    "transfer-word");

    private final MeshDecoder decoder = new MeshDecoder();
    private final MeshEncoder encoder = new MeshEncoder();

    @Test
    void shouldWriteWhatTheGoldenVectorsHold() throws IOException {
        for (byte[] vector : vectors()) {
            MeshMessage message = decoder.decode(new UnsafeBuffer(vector), 0, vector.length);
            UnsafeBuffer again = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);
            int length = encoder.encode(Objects.requireNonNull(message), again);
            byte[] written = new byte[length];
            again.getBytes(0, written);
            assertThat(written).isEqualTo(vector);
        }
    }

    @Test
    void shouldRefuseDamagedMessagesWithoutThrowing() throws IOException {
        long seed = Long.getLong("fuzz.seed", 1);
        long rounds = Long.getLong("fuzz.rounds", 200_000);
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> vectors = vectors();
        long understood = 0;
        for (long round = 0; round < rounds; round++) {
            byte[] bytes = vectors.get(random.nextInt(vectors.size())).clone();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            try {
                understood += decoder.decode(new UnsafeBuffer(bytes), 0, length) == null ? 0 : 1;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(understood).isBetween(rounds / 100, rounds * 99 / 100);
    }

    private static List<byte[]> vectors() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (String name : VECTORS) {
            try (InputStream in =
                    Objects.requireNonNull(
                            MeshDecoder.class.getResourceAsStream("/golden/mesh-" + name + ".bin"),
                            name)) {
                all.add(in.readAllBytes());
            }
        }
        return all;
    }
}
