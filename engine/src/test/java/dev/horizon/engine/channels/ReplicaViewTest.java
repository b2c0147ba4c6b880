package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a receiver makes of single messages: golden ones, broken ones, and others out of order. */
class ReplicaViewTest {
    private final List<Long> asked = new ArrayList<>();
    private final ReplicaView view = ReplicaView.open(asked::add);
    private final double[] out = new double[4];

    private static UnsafeBuffer golden(String name) throws IOException {
        try (InputStream in = ReplicaViewTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new UnsafeBuffer(in.readAllBytes());
        }
    }

    private boolean apply(String name) throws IOException {
        UnsafeBuffer message = golden(name);
        return view.apply(message, 0, message.capacity());
    }

    private double[] place(long counter, long tick) {
        ReplicaEntity entity = view.find(new EntityId(counter));
        assertThat(entity).isNotNull();
        assertThat(entity.place(tick, 0.05, out)).isTrue();
        return new double[] {out[0], out[1], out[2]};
    }

    @Test
    void shouldUnderstandGoldenFrames() throws IOException {
        assertThat(apply("replication-keyframe.bin")).isTrue();
        assertThat(view.entities()).isEqualTo(5);
        assertThat(place(11, 120)).containsExactly(4_000, -2_000, 500.125);
        assertThat(place(12, 120)).containsExactly(3_510, -1_500, 499.03125);
        assertThat(place(13, 100)).containsExactly(7_595.875, -5_595.875, 500);
        assertThat(place(13, 120)).containsExactly(7_500.875, -5_596.375, 502.00390625);
        assertThat(place(14, 120)).containsExactly(46_000.5, -251_495.5, 499.5);
        ReplicaEntity turret = view.find(new EntityId(15));
        assertThat(turret.parent()).isEqualTo(new EntityId(13));
        assertThat(turret.hasPlace()).isFalse();
        assertThat(turret.component(0xBEEF)).containsExactly(5);
        assertThat(view.find(new EntityId(13)).attitude(100, 0.05, out)).isTrue();
        assertThat(out).containsExactly(0, 0, 1, 0);
        assertThat(view.find(new EntityId(14)).sizeClass()).isEqualTo(SizeClass.CAPITAL);
        assertThat(view.find(new EntityId(14)).radiusMetres()).isEqualTo(120.5f);

        assertThat(apply("replication-changes.bin")).isTrue();
        assertThat(view.find(new EntityId(11))).isNull();
        assertThat(view.find(new EntityId(14))).isNull();
        assertThat(place(16, 200)).containsExactly(3_500, -1_500, 500);
        assertThat(view.find(new EntityId(12)).component(0x1234)).isNull();
        assertThat(view.find(new EntityId(13)).component(0x1234)).containsExactly(0, 0, 32, 65);

        assertThat(apply("replication-changes.bin")).as("a repeated frame").isFalse();
        assertThat(apply("replication-beacon.bin")).isFalse();
        assertThat(asked).isEmpty();
        assertThat(apply("replication-forget.bin")).isTrue();
        assertThat(view.entities()).isZero();
    }

    @Test
    void shouldAskForAKeyframeAndWaitForIt() throws IOException {
        assertThat(apply("replication-changes.bin")).isFalse();
        assertThat(asked).hasSize(1);
        assertThat(view.entities()).isZero();
        assertThat(apply("replication-keyframe.bin")).isTrue();
        assertThat(apply("replication-beacon.bin")).isFalse();
        assertThat(asked).as("the beacon tells of a frame that was lost").hasSize(1);
        assertThat(view.isWhole(asked.getFirst())).isFalse();
    }

    @Test
    void shouldKeepWhatAKeyframeReplacesUntilItsLastPart() throws IOException {
        apply("replication-keyframe.bin");
        assertThat(apply("replication-more.bin")).isTrue();
        assertThat(view.find(new EntityId(12))).isNotNull();
        FrameWriter writer = new FrameWriter();
        UnsafeBuffer last = new UnsafeBuffer(new byte[1_024]);
        long channel = ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 3, -2, 0);
        writer.begin(channel, 300, 1_000, -3);
        view.apply(last, 0, writer.finish(last, 0, 0, 0));
        assertThat(view.find(new EntityId(12))).isNull();
        assertThat(view.entities()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsCutShort() throws IOException {
        for (String name : List.of("replication-keyframe.bin", "replication-beacon.bin")) {
            UnsafeBuffer message = golden(name);
            for (int length = 0; length < message.capacity(); length++) {
                int cut = length;
                assertThatThrownBy(() -> view.apply(message, 0, cut))
                        .as("%s cut to %d", name, cut)
                        .isInstanceOf(HorizonException.class)
                        .hasMessageContaining("refused");
            }
        }
        assertThat(view.entities()).isZero();
    }

    @Test
    void shouldSurviveGarbage() throws IOException {
        List<UnsafeBuffer> seeds =
                List.of(
                        golden("replication-keyframe.bin"),
                        golden("replication-changes.bin"),
                        golden("replication-beacon.bin"),
                        golden("replication-forget.bin"));
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            ReplicaView bounded = ReplicaView.open(asked::add, 100, 200);
            for (int i = 0; i < 30_000; i++) {
                UnsafeBuffer source = seeds.get(random.nextInt(seeds.size()));
                byte[] bytes = source.byteArray().clone();
                for (int flips = random.nextInt(6); flips >= 0; flips--) {
                    int at = random.nextInt(random.nextInt(4) == 0 ? 10 : bytes.length);
                    bytes[at] = (byte) random.nextInt(256);
                }
                int length = random.nextInt(5) == 0 ? random.nextInt(bytes.length) : bytes.length;
                try {
                    bounded.apply(new UnsafeBuffer(bytes), 0, length);
                } catch (HorizonException refused) {
                    assertThat(refused.code()).as("seed %d", seed).startsWith("HZ-REP-");
                }
                assertThat(bounded.entities()).isLessThanOrEqualTo(200);
                assertThat(bounded.channels()).isLessThanOrEqualTo(100);
            }
            bounded.forEach(entity -> {
                entity.place(1e6, 0.05, out);
                entity.attitude(1e6, 0.05, out);
                entity.tier();
            });
        }
    }
}
