package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.world.EntityId;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.replay.Rerun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that are killed under a player, each followed by its standby, which has one of its own by
 * then. More rounds: {@code -Dhorizon.takeovers=50}; the same ones: {@code
 * -Dhorizon.kill-seed=...}.
 */
class StandbyTest {
    private static final int ROUNDS = Integer.getInteger("horizon.takeovers", 3);
    private static final long SEED = Long.getLong("horizon.kill-seed", new Random().nextLong());
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int SECONDS_MAX = 180;
    private static final int TICKS_MAX = 45;

    @TempDir private Path folder;

    @Test
    void shouldTakeOverBehindAllThatAClientSawWheneverItsNodeIsKilled() throws Exception {
        Random random = new Random(SEED);
        TicketKey.load(false, null, folder);
        String key = "gateway.ticket-key-file=" + TicketKey.developmentFile(folder);
        List<Path> left = new ArrayList<>();
        int port = freePort();
        ChildNode node = ChildNode.start(life(0), key, "standby.port=" + port);
        ChildNode next = null;
        try {
            left.add(Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX))));
            String ship = "";
            String resume = "";
            long seen = 0;
            long killed = 0;
            for (int round = 0; round < ROUNDS; round++) {
                String where = "seed " + SEED + ", round " + round;
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
                    int nextPort = freePort();
                    next =
                            ChildNode.start(
                                    ChildStandby.class,
                                    life(round + 1),
                                    key,
                                    "standby.of=127.0.0.1:" + port,
                                    "standby.port=" + nextPort);
                    port = nextPort;
                    assertThat(next.await("attached ", SECONDS_MAX)).as(where).isNotNull();
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
                    assertThat(replica.read(ReplicaView::lastTick)).isGreaterThan(seen);
                    killed = System.nanoTime();
                    node.kill();
                    seen = replica.read(ReplicaView::lastTick);
                }
                node = next;
                left.add(Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX))));
                String over = Objects.requireNonNull(node.await("over ", SECONDS_MAX));
                System.out.printf(
                        "takeover %d, seed %d: %d ms after the kill%n",
                        round, SEED, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed));
                assertThat(Long.parseLong(over)).as(where).isGreaterThanOrEqualTo(seen);
            }
            LiveReplica replica = new LiveReplica();
            try (HorizonClient ada = connect(node, resume, replica)) {
                String at = ship;
                long saw = seen;
                assertThat(
                                replica.await(
                                        view ->
                                                view.find(EntityId.parse(at)) != null
                                                        && view.lastTick() > saw,
                                        SOON))
                        .isTrue();
            }
        } finally {
            node.close();
            if (next != null) {
                next.close();
            }
            left.forEach(memory -> IoUtil.delete(memory.toFile(), true));
        }
        verify();
    }

    /** Each life ticked on from where the one before was, and every tick once. */
    private void verify() {
        for (int life = 1; life <= ROUNDS; life++) {
            String where = "seed " + SEED + ", life " + life;
            List<TapeFile> tapes = TapeFile.list(life(life));
            assertThat(tapes).as(where).hasSize(2);
            long last;
            try (Rerun copied = Rerun.of(tapes.getFirst(), RerunTest.PLUGINS, 2)) {
                while (copied.step()) {
                    // Compares.
                }
                assertThat(copied.difference()).as(where).isNull();
                copied.finish();
                last = copied.tick();
            }
            try (Rerun own = Rerun.of(tapes.getLast(), RerunTest.PLUGINS, 2)) {
                assertThat(Objects.requireNonNull(own.setup().origin()).tick())
                        .as(where)
                        .isEqualTo(last);
                while (own.step()) {
                    // Compares.
                }
                assertThat(own.difference()).as(where).isNull();
            }
        }
    }

    private Path life(int number) {
        return folder.resolve("life-" + number);
    }

    private static HorizonClient connect(ChildNode node, String resume, LiveReplica replica) {
        return resume.isEmpty()
                ? node.login("Ada", replica)
                : HorizonClient.resume(node.address(), "Ada", resume, replica);
    }
}
