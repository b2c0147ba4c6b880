package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.add;
import static dev.horizon.tools.node.OpenNode.await;
import static dev.horizon.tools.node.OpenNode.awaitHealth;
import static dev.horizon.tools.node.OpenNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.tick.Counter;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A gateway's process that stands still and goes on: its node and the players of another gateway
 * notice nothing, and its own players are whole again, without a lost or doubled input. Once for
 * less than its node waits for it, once for longer.
 */
class StoppedGatewayTest {
    private static final int TICK_HZ = 20;
    private static final int SHIPS = 200;

    /** A tick that everybody sees takes this long at most, however busy the machine. */
    private static final int STEP_TICKS_MAX = TICK_HZ;

    /** Measured: 7 to 15; so many that a busy machine's slowness isn't a fault. */
    private static final int WHOLE_TICKS_MAX = 5 * TICK_HZ;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {3, 12})
    void shouldDisturbNobodyAndBecomeWholeAgain(int seconds) throws Exception {
        OpenNode open = new OpenNode(folder);
        int port = freePort();
        try (NodeProcess node = open.start(port, true);
                ChildGateway first = ChildGateway.start(port, folder.resolve("one"), open.key());
                ChildGateway second = ChildGateway.start(port, folder.resolve("two"), open.key())) {
            Watcher ada = new Watcher(first.awaitAddress(), "Ada");
            Watcher bob = new Watcher(second.awaitAddress(), "Bob");
            await("both see the same", () -> ada.seesAs(bob));
            add(ada.client, 1);
            await("the first input", () -> open.of("Ada").size() == 1);

            long pauses = node.loop().metrics().count(Counter.PAUSES);
            first.pause();
            long from = node.loop().tick();
            for (int i = 2; i <= 10; i++) {
                add(ada.client, i);
            }
            long adaSaw = ada.tick();
            int bobLongest = bob.longestStep(from, from + (long) seconds * TICK_HZ);
            assertThat(ada.tick()).as("Ada's tick").isLessThanOrEqualTo(adaSaw + STEP_TICKS_MAX);
            assertThat(node.loop().metrics().count(Counter.PAUSES)).isEqualTo(pauses);
            assertThat(bobLongest).as("ticks between two that Bob saw").isLessThan(STEP_TICKS_MAX);
            assertThat(bob.gaps()).isZero();
            assertThat(open.of("Ada")).containsExactly(1);
            assertThat(ada.seesAs(bob)).isFalse();

            first.goOn();
            long went = node.loop().tick();
            await("Ada is whole again", () -> ada.seesAs(bob));
            assertThat(node.loop().tick() - went)
                    .as("ticks until Ada was whole")
                    .isLessThanOrEqualTo(WHOLE_TICKS_MAX);
            await("Ada's inputs", () -> open.of("Ada").size() >= 10);
            assertThat(open.of("Ada"))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 10).boxed().toList());
            assertThat(ada.replica.faults() + bob.replica.faults()).isZero();
            assertThat(bob.gaps()).isZero();
        }
    }

    /** A player who observes a far tier: frames as the node made them. */
    private static final class Watcher {
        final LiveReplica replica = new LiveReplica();
        final HorizonClient client;

        Watcher(URI at, String player) {
            awaitHealth(at, 200);
            client = HorizonClient.connect(at, player, HorizonClient.ticket(at, player), replica);
            client.send("session", "observe", "{\"tier\":\"LOW\"}");
        }

        long tick() {
            return replica.read(view -> view.lastTick());
        }

        long gaps() {
            return replica.read(view -> view.gaps());
        }

        /** The longest step from one tick heard to the next, between two ticks. */
        int longestStep(long from, long to) {
            long at = Math.max(from, tick());
            long longest = 0;
            while (at < to) {
                long before = at;
                await("a tick after " + before, () -> tick() > before);
                at = tick();
                longest = Math.max(longest, at - before);
            }
            return (int) longest;
        }

        /** True when both hold the same tracks, to the bit, of what isn't near to either. */
        boolean seesAs(Watcher other) {
            Map<Long, List<Double>> mine = tracks();
            Map<Long, List<Double>> theirs = other.tracks();
            mine.keySet().retainAll(theirs.keySet());
            theirs.keySet().retainAll(mine.keySet());
            return mine.size() >= SHIPS / 2 && mine.equals(theirs);
        }

        private Map<Long, List<Double>> tracks() {
            return replica.read(view -> {
                Map<Long, List<Double>> tracks = new HashMap<>();
                view.forEach(entity -> {
                    double[] track = new double[10];
                    boolean isFar = entity.tier() == Tier.LOW && entity.track(track);
                    if (isFar) {
                        List<Double> all = Arrays.stream(track).boxed().toList();
                        tracks.put(entity.id().value(), all);
                    }
                });
                return tracks;
            });
        }
    }
}
