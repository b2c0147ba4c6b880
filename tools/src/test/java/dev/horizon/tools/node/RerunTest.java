package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.host.LoadedPlugins;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.query.ConditionParser;
import dev.horizon.net.archive.SnapshotFile;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.replay.Difference;
import dev.horizon.net.replay.Entities;
import dev.horizon.net.replay.Rerun;
import dev.horizon.net.replay.TapeSetup;
import dev.horizon.tools.pages.DemoNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's tape, run again from its files alone. */
class RerunTest {
    private static final int SECONDS_MAX = 180;
    private static final Duration SOON = Duration.ofSeconds(120);

    @TempDir private Path folder;

    @Test
    void shouldComeToTheSameHashesFromTheTapeOfAKilledNode() throws Exception {
        long seen;
        try (ChildNode node = ChildNode.start(folder)) {
            Path memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
            LiveReplica replica = new LiveReplica();
            try (HorizonClient ada =
                    HorizonClient.connect(
                            node.address(),
                            "Ada",
                            HorizonClient.ticket(node.address(), "Ada"),
                            replica)) {
                play(ada);
                assertThat(replica.await(view -> view.entities() > 20, SOON)).isTrue();
                node.kill();
                // It has no next life that would clear up behind it.
                IoUtil.delete(memory.toFile(), true);
                seen = replica.read(ReplicaView::lastTick);
            }
        }
        try (Rerun rerun = rerun(last(), Map.of())) {
            run(rerun);
            assertThat(rerun.difference()).isNull();
            assertThat(rerun.tick())
                    .as("what a client saw is on the tape")
                    .isGreaterThanOrEqualTo(seen);
            assertThat(
                            Entities.matching(
                                    rerun.world(),
                                    ConditionParser.parse("SessionState.name == Ada"),
                                    10))
                    .hasSize(1);
        }
    }

    @Test
    void shouldNameTheFirstTickAndComponentsThatComeToSomethingElse() throws Exception {
        try (NodeProcess node = DemoNode.start(folder)) {
            try (HorizonClient ada =
                    HorizonClient.connect(
                            DemoNode.address(node),
                            "Ada",
                            HorizonClient.ticket(DemoNode.address(node), "Ada"))) {
                play(ada);
                node.awaitTicks(40);
            }
        }
        TapeFile tape = last();
        try (Rerun same = rerun(tape, Map.of())) {
            run(same);
            assertThat(same.difference()).isNull();
            assertThat(same.isUnfinished()).isFalse();
            assertThat(same.tick()).isGreaterThanOrEqualTo(40);
        }
        try (Rerun other = rerun(tape, Map.of("objects", 790))) {
            assertThat(other.step()).isTrue();
            Difference difference = other.difference();
            assertThat(difference).isNotNull();
            assertThat(difference.tick()).isEqualTo(1);
            assertThat(difference.hash()).isNotEqualTo(difference.recordedHash());
            assertThat(difference.entities()).isLessThan(difference.recordedEntities());
            assertThat(difference.components()).contains("Position", "Identity");
        }
        damage(tape.segments().getFirst(), 40);
        assertThatThrownBy(
                        () -> {
                            try (Rerun damaged = rerun(tape, Map.of())) {
                                run(damaged);
                            }
                        })
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-TAPE-005"))
                .hasMessageContaining(tape.segments().getFirst().toString());
    }

    @Test
    void shouldRunFromASnapshotToTheSameHashes() throws Exception {
        try (NodeProcess node = DemoNode.start(folder, Map.of("capture.snapshot-seconds", "1"))) {
            try (HorizonClient ada =
                    HorizonClient.connect(
                            DemoNode.address(node),
                            "Ada",
                            HorizonClient.ticket(DemoNode.address(node), "Ada"))) {
                play(ada);
                node.awaitTicks(90);
            }
        }
        TapeFile tape = last();
        assertThat(tape.snapshots()).hasSizeGreaterThanOrEqualTo(3);
        for (SnapshotFile snapshot : tape.snapshots()) {
            try (Rerun rerun = Rerun.at(tape, PLUGINS, 2, snapshot.tick())) {
                assertThat(rerun.tick()).isEqualTo(snapshot.tick());
                assertThat(rerun.hash()).isEqualTo(rerun.world().hash());
                run(rerun);
                assertThat(rerun.difference()).isNull();
                assertThat(rerun.tick()).isEqualTo(tape.snapshots().getLast().tick());
            }
        }
        damage(tape.snapshots().getLast().path(), 4_000);
        assertThatThrownBy(tape.snapshots().getLast()::load)
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-TAPE-012"));
        try (Rerun rerun = Rerun.at(tape, PLUGINS, 2, Long.MAX_VALUE)) {
            assertThat(rerun.tick())
                    .as("the one before the damaged one")
                    .isEqualTo(tape.snapshots().reversed().get(1).tick());
            run(rerun);
            assertThat(rerun.difference()).isNull();
        }
    }

    private static void play(HorizonClient ada) {
        ada.send("ship", "take", "{}");
        assertThat(ada.await("ship", "taken", SOON)).isNotNull();
        ada.send("chat", "message", "{\"text\":\"on tape\"}");
    }

    private static void run(Rerun rerun) {
        while (rerun.step()) {
            // Compares.
        }
    }

    private TapeFile last() {
        return TapeFile.list(folder).getLast();
    }

    static final Function<TapeSetup, LoadedPlugins> PLUGINS = made -> plugins(made, Map.of());

    /** With the plugins' objects, and other settings of the demo. */
    private static Rerun rerun(TapeFile tape, Map<String, Object> settings) {
        return Rerun.of(tape, made -> plugins(made, settings), 2);
    }

    private static LoadedPlugins plugins(TapeSetup made, Map<String, Object> settings) {
        assertThat(made.plugins()).extracting(TapeSetup.PluginJar::name).contains("chat", "sol");
        Map<String, Map<String, Object>> trees = new HashMap<>(made.configuration());
        Map<String, Object> sol = new HashMap<>(trees.getOrDefault("sol", Map.of()));
        sol.putAll(settings);
        trees.put("sol", sol);
        PluginHost host = new PluginHost(true, trees);
        DemoNode.addAll(host);
        return host.load();
    }

    private static void damage(Path path, int at) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(1);
            file.read(bytes, at);
            bytes.put(0, (byte) (bytes.get(0) ^ 1)).rewind();
            file.write(bytes, at);
        }
    }
}
