package dev.horizon.mesh.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.schemas.fuzz.Fuzz;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Damaged messages are no messages, or other ones; they never throw. */
class MeshDecoderFuzzTest {
    private static final List<String> VECTORS =
            List.of(
                    "confirm-gone",
                    "entity-beyond",
                    "entity-jumps",
                    "hello-wanted",
                    "jump-refused",
                    "node-goodbye",
                    "node-hello",
                    "node-refused",
                    "node-report",
                    "node-state",
                    "node-welcome",
                    "region-left",
                    "region-merge",
                    "region-move",
                    "region-split",
                    "region-state",
                    "request-done",
                    "service-changes",
                    "state-end",
                    "state-head",
                    "state-request",
                    "transfer-order",
                    "transfer-request",
                    "transfer-state",
                    "transfer-word");

    /** Header and fixed fields. */
    private static final int MESSAGE_HEAD_BYTES = 40;

    /** For a message of at most 32 KiB: what it says, as objects. */
    private static final long ALLOCATED_MAX = 256 << 10;

    private final MeshDecoder decoder = new MeshDecoder();
    private final MeshEncoder encoder = new MeshEncoder();

    @Test
    void shouldWriteWhatTheGoldenVectorsHold() {
        for (String name : VECTORS) {
            byte[] vector = Fuzz.golden("mesh-" + name);
            MeshMessage message = decoder.decode(new UnsafeBuffer(vector), 0, vector.length);
            UnsafeBuffer again = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);
            int length = encoder.encode(Objects.requireNonNull(message), again);
            byte[] written = new byte[length];
            again.getBytes(0, written);
            assertThat(written).isEqualTo(vector);
        }
    }

    @Test
    void shouldRefuseDamagedMessagesWithoutThrowing() {
        Fuzz.Outcome outcome =
                Fuzz.ofGolden("mesh-messages", "mesh-", VECTORS)
                        .withHead(MESSAGE_HEAD_BYTES)
                        .allocatingAtMost(ALLOCATED_MAX)
                        .run(bytes ->
                                decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length) != null);
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }

    @Test
    void shouldRefuseDamagedBatches() {
        MeshBatch batch = new MeshBatch();
        Fuzz.Outcome outcome =
                Fuzz.ofGolden("mesh-batches", "mesh-", List.of("batch", "node-state"))
                        .withHead(MESSAGE_HEAD_BYTES)
                        .allocatingAtMost(ALLOCATED_MAX)
                        .run(bytes ->
                                !batch.decode(new UnsafeBuffer(bytes), 0, bytes.length).isEmpty());
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }

    @Test
    void shouldRefuseDamagedMessagesBetweenNodes() {
        Fuzz.Outcome outcome =
                Fuzz.ofGolden("peer-messages", "mesh-", List.of("parcel-sent", "parcel-received"))
                        .withHead(MESSAGE_HEAD_BYTES)
                        .allocatingAtMost(ALLOCATED_MAX)
                        .run(bytes ->
                                PeerMessage.decode(new UnsafeBuffer(bytes), 0, bytes.length)
                                        != null);
        assertThat(outcome.taken()).isBetween(1L, outcome.inputs() - 1);
    }
}
