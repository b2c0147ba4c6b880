package dev.horizon.engine.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(asked).as("the beacon's checksum is that of what is held").isEmpty();
        view.find(new EntityId(13)).placed().place[1] += 0.125;
        assertThat(apply("replication-beacon.bin")).isFalse();
        assertThat(asked).as("the checksum of another place is another").hasSize(1);
        assertThat(view.wrongChannels()).isEqualTo(1);
        assertThat(apply("replication-forget.bin")).isTrue();
        assertThat(view.entities()).isZero();
    }

    @Test
    void shouldCarryOverWhatAGoldenRecutMoves() throws IOException {
        apply("replication-keyframe.bin");
        apply("replication-changes.bin");
        double[] before = place(13, 140);
        assertThat(apply("replication-recut.bin")).isTrue();
        long whole = ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 3, -2, 0);
        long part = ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 1, 6, -3, 1);
        assertThat(view.heldBy(whole)).isZero();
        assertThat(view.heldBy(part)).isEqualTo(4);
        assertThat(view.isWhole(part)).isTrue();
        assertThat(place(13, 140)).isEqualTo(before);
        assertThat(apply("replication-recut.bin")).as("a repeated one").isFalse();
        assertThat(asked).isEmpty();
        assertThat(apply("replication-forget.bin")).isTrue();
        assertThat(view.channels()).as("the parts with the whole").isZero();
    }

    @Test
    void shouldAskForBothChannelsAfterALossBeforeARecut() throws IOException {
        apply("replication-keyframe.bin");
        assertThat(apply("replication-recut.bin")).isFalse();
        assertThat(asked)
                .containsExactly(
                        ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 3, -2, 0),
                        ChannelId.of(SizeClass.CRAFT, Tier.CLOSE, 1, 6, -3, 1));
        assertThat(view.entities()).as("what was held stays").isEqualTo(5);
    }

    @Test
    void shouldFollowGoldenViews() throws IOException {
        assertThat(apply("replication-view-fresh.bin")).isTrue();
        assertThat(view.entities()).isEqualTo(4);
        assertThat(view.inputSequence()).isEqualTo(41);
        assertThat(place(21, 120)).containsExactly(11, 20, 28);
        assertThat(place(22, 100)).containsExactly(-994.96875, 497.5, 0);
        assertThat(place(22, 120)).containsExactly(-974.21875, 487.5, 0);
        ReplicaEntity rider = view.find(new EntityId(23));
        assertThat(rider.parent()).isEqualTo(new EntityId(21));
        assertThat(rider.hasPlace()).isFalse();
        assertThat(rider.component(0xBEEF)).containsExactly(1);
        assertThat(view.find(new EntityId(22)).tier()).isEqualTo(Tier.MEDIUM);

        assertThat(apply("replication-view.bin")).isTrue();
        assertThat(view.inputSequence()).isEqualTo(42);
        assertThat(view.lastTick()).isEqualTo(120);
        assertThat(place(17, 120)).containsExactly(110, -199, -0.875);
        assertThat(place(17, 140)).containsExactly(120, -196, -1.875);
        assertThat(place(21, 120)).containsExactly(11.125, 19.75, 43.875);
        assertThat(place(21, 140)).containsExactly(12.125, 19.75, 41.875);
        assertThat(place(22, 120)).containsExactly(-1101.21875, 487.5, 1);
        assertThat(place(22, 140)).containsExactly(-1064.96875, 462.5, 1.03125);
        assertThat(view.find(new EntityId(29))).isNull();
        assertThat(view.find(new EntityId(21)).component(0x1234)).isNull();

        assertThat(apply("replication-glance.bin")).isTrue();
        assertThat(view.inputSequence()).isEqualTo(43);
        assertThat(view.lastTick()).isEqualTo(140);
        assertThat(place(17, 140)).containsExactly(100, -200, 0);
        assertThat(place(17, 160)).containsExactly(110, -199, -1);
        assertThat(place(21, 140)).containsExactly(12.25, 19.5, 43.75);
        assertThat(place(21, 160)).containsExactly(13.25, 19.5, 41.75);
        assertThat(place(22, 140)).containsExactly(-1069.96875, 467.5, 1.03125);
        assertThat(place(22, 160)).containsExactly(-841.21875, 250, 3.59375);
        assertThat(view.find(new EntityId(21)).component(0x1234)).containsExactly(0, 0, 64, 65);

        assertThat(apply("replication-glance-flight.bin")).isTrue();
        assertThat(view.find(new EntityId(17)).tier()).isEqualTo(Tier.CLOSE);
        assertThat(place(17, 160))
                .containsExactly(887.775194747526, -462.5181285987547, -3.68229041828509);
        assertThat(place(17, 180))
                .containsExactly(905.1731907044489, -459.91099090822155, -37.92930239975844);
        assertThat(view.find(new EntityId(21)).component(0x1234))
                .containsExactly(0, 0x77, 0x88, 65);
        assertThat(apply("replication-glance-steered.bin")).isTrue();
        assertThat(place(17, 164)).containsExactly(889.21875, -462.90625, -11.46875);
        assertThat(place(17, 184))
                .containsExactly(917.7298376343898, -473.1111667064271, -47.11515127593029);

        ReplicaEntity before = view.find(new EntityId(21));
        assertThat(apply("replication-view-fresh.bin")).isTrue();
        assertThat(view.find(new EntityId(21))).as("never left").isSameAs(before);
        assertThat(view.find(new EntityId(17))).isNull();
        assertThat(view.entities()).isEqualTo(4);
    }

    @Test
    void shouldChangeTheTierUnderOneHandleWithoutALeave() throws IOException {
        List<String> told = new ArrayList<>();
        ReplicaView watched = ReplicaView.open(new Told(told));
        ViewWriter writer = new ViewWriter();
        apply(watched, writer.begin(10, true).entered(4, Tier.MEDIUM, 77).track(4, 5));
        apply(watched, writer.begin(11, false).entered(4, Tier.CLOSE, 77).track(4, 6));
        assertThat(told).containsExactly("+77");
        ReplicaEntity entity = watched.find(new EntityId(77));
        assertThat(entity.tier()).isEqualTo(Tier.CLOSE);
        assertThat(entity.isHeldAt(Tier.MEDIUM)).isFalse();
        assertThat(entity.place(11, 0.05, out)).isTrue();
        assertThat(out[0]).isEqualTo(6);
        apply(watched, writer.begin(12, false).left(4, true));
        assertThat(told).containsExactly("+77", "-77 true");
    }

    @Test
    void shouldMergeViewAndChannelsByTheNearestTier() throws IOException {
        apply("replication-keyframe.bin");
        ViewWriter writer = new ViewWriter();
        apply(view, writer.begin(100, true).entered(1, Tier.MEDIUM, 12).track(1, 5));
        ReplicaEntity entity = view.find(new EntityId(12));
        assertThat(entity.tier()).isEqualTo(Tier.CLOSE);
        assertThat(place(12, 120)).containsExactly(3_510, -1_500, 499.03125);
        apply("replication-forget.bin");
        assertThat(view.find(new EntityId(12))).isSameAs(entity);
        assertThat(place(12, 120)).containsExactly(5, 0, 0);
    }

    @Test
    void shouldWaitForAFreshViewAfterAContradiction() throws IOException {
        ViewWriter writer = new ViewWriter();
        List<ViewWriter> contradictions =
                List.of(
                        new ViewWriter().begin(2, false).left(1, false),
                        new ViewWriter().begin(2, false).track(1, 3),
                        new ViewWriter().begin(2, false).nudged(7),
                        new ViewWriter().begin(2, false).nudged(5),
                        new ViewWriter().begin(2, false).entered(6, Tier.CLOSE, 50),
                        new ViewWriter().begin(2, false).entered(5, Tier.CLOSE, 51),
                        new ViewWriter().begin(2, false).track(5, Double.NaN));
        for (ViewWriter contradiction : contradictions) {
            assertThat(apply(view, writer.begin(1, true).entered(5, Tier.CLOSE, 50))).isTrue();
            assertThatThrownBy(() -> apply(view, contradiction))
                    .isInstanceOf(HorizonException.class)
                    .hasMessageContaining("refused");
            assertThat(view.isViewWhole()).isFalse();
            assertThat(view.find(new EntityId(50)).isStale()).isTrue();
            assertThat(apply(view, writer.begin(3, false))).isFalse();
            assertThat(view.entities()).isEqualTo(1);
        }
        assertThat(apply(view, writer.begin(4, true))).isTrue();
        assertThat(view.isViewWhole()).isTrue();
        assertThat(view.entities()).isZero();
    }

    @Test
    void shouldStepOverTemplatesOfLaterVersions() throws IOException {
        UnsafeBuffer later = golden("replication-forget.bin");
        later.putShort(2, (short) 99);
        assertThat(view.apply(later, 0, later.capacity())).isFalse();
        assertThat(view.framesIgnored()).isEqualTo(1);
        UnsafeBuffer older = golden("replication-forget.bin");
        older.putShort(6, (short) 0);
        assertThatThrownBy(() -> view.apply(older, 0, older.capacity()))
                .isInstanceOf(HorizonException.class)
                .hasMessageContaining("older");
    }

    /** Version 1 as it was saved, and what a later version may append to it. */
    @ParameterizedTest
    @ValueSource(strings = {"old/replication-1", "old/replication-2", "old/replication-3", "later"})
    void shouldUnderstandOlderAndLaterSenders(String folder) throws IOException {
        Path vectors = Path.of("../schemas/src/test/resources", folder);
        for (String name : List.of("keyframe", "changes", "view-fresh", "view", "beacon")) {
            byte[] message = Files.readAllBytes(vectors.resolve("replication-" + name + ".bin"));
            boolean changed = view.apply(new UnsafeBuffer(message), 0, message.length);
            assertThat(changed).as(name).isEqualTo(!name.equals("beacon"));
        }
        assertThat(asked).isEmpty();
        assertThat(place(16, 200)).containsExactly(3_500, -1_500, 500);
        assertThat(view.find(new EntityId(13)).component(0x1234)).containsExactly(0, 0, 32, 65);
        assertThat(place(17, 140)).containsExactly(120, -196, -1.875);
        assertThat(place(21, 140)).containsExactly(12.125, 19.75, 41.875);
        assertThat(place(22, 140)).containsExactly(-1064.96875, 462.5, 1.03125);
        byte[] forget = Files.readAllBytes(vectors.resolve("replication-forget.bin"));
        assertThat(view.apply(new UnsafeBuffer(forget), 0, forget.length)).isTrue();
        assertThat(view.entities()).isEqualTo(4);
    }

    private static boolean apply(ReplicaView target, ViewWriter message) {
        UnsafeBuffer bytes = message.bytes();
        return target.apply(bytes, 0, bytes.capacity());
    }

    private record Told(List<String> told) implements ReplicaListener {
        @Override
        public void onKeyframeNeeded(long channelId) {}

        @Override
        public void onEnter(ReplicaEntity entity) {
            told.add("+" + entity.id().counter());
        }

        @Override
        public void onLeave(ReplicaEntity entity, boolean gone) {
            told.add("-" + entity.id().counter() + " " + gone);
        }
    }

    @Test
    void shouldAskForAKeyframeAndWaitForIt() throws IOException {
        assertThat(apply("replication-changes.bin")).isFalse();
        assertThat(asked).hasSize(1);
        assertThat(view.entities()).isZero();
        assertThat(apply("replication-keyframe.bin")).isTrue();
        assertThat(apply("replication-beacon.bin")).isFalse();
        assertThat(asked).as("the beacon tells of a frame that was lost").hasSize(2);
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
        for (String name :
                List.of(
                        "replication-keyframe.bin",
                        "replication-beacon.bin",
                        "replication-view-fresh.bin")) {
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
                        golden("replication-view-fresh.bin"),
                        golden("replication-view.bin"),
                        golden("replication-beacon.bin"),
                        golden("replication-recut.bin"),
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
