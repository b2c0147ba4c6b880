package dev.horizon.mesh.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.mesh.protocol.MeshMessage.EntityBeyond;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.StateEnd;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MeshBatchTest {
    private final MeshBatch batch = new MeshBatch();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);

    @Test
    void shouldBringAllInOrderInFewMessages() {
        List<MeshMessage> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(new EntityBeyond(1, 2, i, i, -i, 0.5));
            all.add(new TransferWord(1, 2, i, TransferWord.Word.RELEASED, "", ""));
        }
        List<MeshMessage> read = new ArrayList<>();
        int batches = 0;
        int from = 0;
        while (from < all.size()) {
            int length = batch.encode(all, from, buffer);
            assertThat(length).isLessThanOrEqualTo(MeshBatch.BYTES_MAX);
            read.addAll(batch.decode(buffer, 0, length));
            from += batch.taken();
            batches++;
        }
        assertThat(read).isEqualTo(all);
        assertThat(batches).isLessThan(10);
    }

    @Test
    void shouldWriteOneMessageAsItself() {
        int length = batch.encode(List.of(new NodeGoodbye(5, 6)), 0, buffer);
        assertThat(new MeshDecoder().decode(buffer, 0, length)).isEqualTo(new NodeGoodbye(5, 6));
        assertThat(batch.decode(buffer, 0, length)).containsExactly(new NodeGoodbye(5, 6));
    }

    @Test
    void shouldReadTheGoldenVectorAndTakeAllOfABatchOrNothing() throws Exception {
        byte[] vector;
        try (InputStream in =
                Objects.requireNonNull(
                        MeshBatch.class.getResourceAsStream("/golden/mesh-batch.bin"))) {
            vector = in.readAllBytes();
        }
        List<MeshMessage> whole = batch.decode(new UnsafeBuffer(vector), 0, vector.length);
        assertThat(whole).containsExactly(new StateEnd(0, 0), new NodeGoodbye(1, 3));
        int length = batch.encode(whole, 0, buffer);
        byte[] written = new byte[length];
        buffer.getBytes(0, written);
        assertThat(written).isEqualTo(vector);
        for (int cut = 0; cut < vector.length; cut++) {
            assertThat(batch.decode(new UnsafeBuffer(vector), 0, cut))
                    .as("cut at %d", cut)
                    .isEmpty();
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 50_000; round++) {
            byte[] damaged = vector.clone();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            List<MeshMessage> read = batch.decode(new UnsafeBuffer(damaged), 0, damaged.length);
            assertThat(read.size()).as("round %d", round).isIn(0, 1, 2);
        }
    }
}
