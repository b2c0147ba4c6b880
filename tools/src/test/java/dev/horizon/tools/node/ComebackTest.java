package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.net.replay.TapeTail;
import dev.horizon.tools.pages.DemoNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that is killed again and again under a player, and goes on each time. More rounds: {@code
 * -Dhorizon.kill-rounds=200}; the same ones: {@code -Dhorizon.kill-seed=...}.
 */
class ComebackTest {
    private static final int ROUNDS = Integer.getInteger("horizon.kill-rounds", 5);
    private static final long SEED = Long.getLong("horizon.kill-seed", new Random().nextLong());
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int SECONDS_MAX = 180;

    /** Of play before a kill: over two snapshots. */
    private static final int TICKS_MAX = 45;

    @TempDir private Path folder;

    @Test
    void shouldGoOnBehindAllThatAClientSawWheneverItIsKilled() throws Exception {
        Random random = new Random(SEED);
        long seen = 0;
        String ship = "";
        String resume = "";
        Path memory = folder;
        long[] backMillis = new long[ROUNDS];
        for (int round = 0; round <= ROUNDS; round++) {
            String where = "seed " + SEED + ", round " + round;
            long start = System.nanoTime();
            try (ChildNode node = ChildNode.start(folder)) {
                if (round > 0) {
                    backMillis[round - 1] =
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                }
                memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
                String[] back = Objects.requireNonNull(node.await("back ", SECONDS_MAX)).split(" ");
                assertThat(Long.parseLong(back[0])).as(where).isGreaterThanOrEqualTo(seen);
                LiveReplica replica = new LiveReplica();
                try (HorizonClient ada = connect(node, resume, replica)) {
                    if (round == 0) {
                        ada.send("ship", "take", "{}");
                        ship =
                                Objects.requireNonNull(ada.await("ship", "taken", SOON))
                                        .data()
                                        .path("ship")
                                        .asString();
                    }
                    resume = ada.welcome().resume();
                    ada.send("chat", "message", "{\"text\":\"" + where + "\"}");
                    String at = ship;
                    assertThat(
                                    replica.await(
                                            view ->
                                                    view.find(EntityId.parse(at)) != null
                                                            && view.entities() > 20,
                                            SOON))
                            .as(where)
                            .isTrue();
                    long until = replica.read(ReplicaView::lastTick) + random.nextInt(TICKS_MAX);
                    assertThat(replica.await(view -> view.lastTick() >= until, SOON))
                            .as(where)
                            .isTrue();
                    node.kill();
                    seen = replica.read(ReplicaView::lastTick);
                }
            }
        }
        // The last has no next life that would clear up behind it.
        IoUtil.delete(memory.toFile(), true);
        Arrays.sort(backMillis);
        System.out.printf(
                "%d kills, seed %d: a process was back after %d ms, %d at most%n",
                ROUNDS, SEED, backMillis[ROUNDS / 2], backMillis[ROUNDS - 1]);
        verify();
    }

    private void verify() {
        long last = 0;
        for (TapeFile tape : TapeFile.list(folder)) {
            String where = "seed " + SEED + ", tape " + tape.recordingId();
            try (Rerun rerun = Rerun.of(tape, RerunTest.PLUGINS, 2)) {
                TapeSetup.Origin origin = rerun.setup().origin();
                assertThat(origin == null ? 0 : origin.tick()).as(where).isEqualTo(last);
                while (rerun.step()) {
                    // Compares.
                }
                assertThat(rerun.difference()).as(where).isNull();
                rerun.finish();
                last = rerun.tick();
            }
        }
    }

    private static HorizonClient connect(ChildNode node, String resume, LiveReplica replica) {
        return resume.isEmpty()
                ? HorizonClient.connect(
                        node.address(), "Ada", HorizonClient.ticket(node.address(), "Ada"), replica)
                : HorizonClient.resume(node.address(), "Ada", resume, replica);
    }

    @Test
    void shouldCarryItsWorldOverAfterAnEndInOrderAndRefuseOtherSettingsAfterAKill()
            throws Exception {
        long entities;
        long tick;
        try (NodeProcess node = DemoNode.start(folder)) {
            node.awaitTicks(10);
            entities = node.loop().metrics().entities();
        }
        try (NodeProcess node = DemoNode.start(folder, Map.of("plugins.sol.objects", "10"))) {
            assertThat(node.comebackTick()).isGreaterThanOrEqualTo(10);
            assertThat(node.ticksRunAgain()).isZero();
            node.awaitTicks(2);
            assertThat((long) node.loop().metrics().entities()).isGreaterThan(entities / 2);
            tick = node.loop().metrics().tick();
        }
        Path memory;
        try (ChildNode node = ChildNode.start(folder)) {
            memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
            String[] back = Objects.requireNonNull(node.await("back ", SECONDS_MAX)).split(" ");
            assertThat(Long.parseLong(back[0])).isGreaterThanOrEqualTo(tick);
            node.kill();
        }
        IoUtil.delete(memory.toFile(), true);
        assertThatThrownBy(() -> DemoNode.start(folder, Map.of("plugins.sol.objects", "10")))
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-TAPE-015"))
                .hasMessageContaining("objects=10")
                .hasMessageContaining("--new-world");
        int tapes = TapeFile.list(folder).size();
        TapeTail tail = new TapeTail(folder);
        List<TapeTail.Told> told = new ArrayList<>();
        try (NodeProcess node = DemoNode.startAnew(folder, Map.of("plugins.sol.objects", "10"))) {
            node.awaitTicks(3);
            tail.poll(told::add);
            assertThat(told).hasSizeGreaterThanOrEqualTo(2);
            assertThat(told.getFirst().entities()).isLessThan(entities).isPositive();
            assertThat(told)
                    .isSortedAccordingTo(Comparator.comparingLong(TapeTail.Told::tick))
                    .allMatch(one -> one.tape() == told.getLast().tape() && one.nanos() > 0);
            assertThat(node.comebackTick()).isZero();
            assertThat((long) node.loop().metrics().entities()).isLessThan(entities);
        }
        assertThat(TapeFile.list(folder)).hasSize(tapes + 1);
    }
}
