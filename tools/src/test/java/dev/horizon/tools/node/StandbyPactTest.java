package dev.horizon.tools.node;

import static dev.horizon.tools.node.OpenNode.await;
import static dev.horizon.tools.node.OpenNode.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.channels.ReplicaView;
import dev.horizon.engine.events.RegionStarted;
import dev.horizon.engine.host.PluginDescriptor;
import dev.horizon.engine.host.PluginHost;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.tick.Counter;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.pages.DemoNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and its standby when one is silent, when an operator speaks, and when they differ. */
class StandbyPactTest {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int SECONDS_MAX = 180;

    @TempDir private Path folder;
    private Map<String, String> ofNode = Map.of();
    private Map<String, String> ofStandby = Map.of();

    @BeforeEach
    void configure() throws Exception {
        TicketKey.load(false, null, folder);
        String key = TicketKey.developmentFile(folder).toString();
        String port = Integer.toString(freePort());
        ofNode = Map.of("gateway.ticket-key-file", key, "standby.port", port);
        ofStandby =
                Map.of(
                        "gateway.ticket-key-file",
                        key,
                        "standby.of",
                        "127.0.0.1:" + port,
                        "standby.port",
                        Integer.toString(freePort()));
    }

    @Test
    void shouldWaitForASilentStandbyAndGoOnWithItOrWhenAnOperatorLetsGoOfIt() throws Exception {
        try (NodeProcess node = DemoNode.start(folder.resolve("node"), ofNode);
                ChildNode standby =
                        ChildNode.start(
                                ChildStandby.class, folder.resolve("standby"), lines(ofStandby))) {
            assertThat(standby.await("attached ", SECONDS_MAX)).isNotNull();
            LiveReplica replica = new LiveReplica();
            URI at = URI.create(node.address());
            try (HorizonClient ada =
                    HorizonClient.connect(at, "Ada", HorizonClient.ticket(at, "Ada"), replica)) {
                assertThat(ada.welcome().resume()).isNotEmpty();
                assertThat(replica.await(view -> view.entities() > 20, SOON)).isTrue();

                standby.pause();
                await("the node pauses", () -> node.loop().metrics().count(Counter.PAUSES) > 0);
                long saw = replica.read(ReplicaView::lastTick);
                long ticked = node.loop().metrics().tick();
                assertThat(saw).isLessThan(ticked);
                standby.goOn();
                assertThat(replica.await(view -> view.lastTick() > ticked, SOON)).isTrue();
                assertThat(node.live().standby().stage()).isEqualTo("attached");

                standby.kill();
                long pauses = node.loop().metrics().count(Counter.PAUSES);
                await(
                        "it pauses again",
                        () -> node.loop().metrics().count(Counter.PAUSES) > pauses);
                assertThatThrownBy(() -> node.live().detachStandby(false))
                        .isInstanceOfSatisfying(
                                HorizonException.class,
                                e -> assertThat(e.code()).isEqualTo("HZ-STB-005"));
                long held = node.loop().metrics().tick();
                assertThat(replica.read(ReplicaView::lastTick)).isLessThan(held);
                node.live().detachStandby(true);
                assertThat(replica.await(view -> view.lastTick() > held, SOON)).isTrue();
                assertThat(node.live().standby().stage()).isEqualTo("none");
            }
        } finally {
            // A standby that was killed has no next life that would clear up behind it.
            try (StandbyProcess next = DemoNode.standby(folder.resolve("standby"), ofStandby)) {
                assertThat(next.node()).isNull();
            }
        }
    }

    @Test
    void shouldEndTheNodeThatWakesBehindItsStandbyAndRefuseItsFolder() throws Exception {
        Path memory;
        try (ChildNode node = ChildNode.start(folder.resolve("node"), lines(ofNode));
                StandbyProcess standby = DemoNode.standby(folder.resolve("standby"), ofStandby)) {
            memory = Path.of(Objects.requireNonNull(node.await("memory ", SECONDS_MAX)));
            await("attached", () -> standby.status().attached());
            LiveReplica replica = new LiveReplica();
            String resume;
            try (HorizonClient ada = node.login("Ada", replica)) {
                resume = ada.welcome().resume();
                assertThat(replica.await(view -> view.entities() > 20, SOON)).isTrue();
                node.pause();
                await("it takes over", () -> standby.node() != null);
                NodeProcess taken = Objects.requireNonNull(standby.node());
                assertThat(taken.comebackTick())
                        .isGreaterThanOrEqualTo(replica.read(ReplicaView::lastTick));
                node.goOn();
                assertThat(node.await("ended ", SECONDS_MAX)).startsWith("HZ-STB-008");
                // It told nobody of a tick that the standby hadn't.
                assertThat(replica.read(ReplicaView::lastTick))
                        .isLessThanOrEqualTo(taken.comebackTick());
            }
            node.awaitExit(SECONDS_MAX);
            assertThatThrownBy(() -> DemoNode.start(folder.resolve("node"), ofNode))
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-STB-010"));
            LiveReplica after = new LiveReplica();
            URI at = URI.create(standby.address());
            try (HorizonClient ada = HorizonClient.resume(at, "Ada", resume, after)) {
                assertThat(ada.welcome().resume()).isNotEmpty();
                assertThat(
                                after.await(
                                        view ->
                                                view.lastTick()
                                                        > replica.read(ReplicaView::lastTick),
                                        SOON))
                        .isTrue();
            }
        }
        IoUtil.delete(memory.toFile(), true);
    }

    @Test
    void shouldAlarmWithTheFieldThatCameToSomethingElse() throws Exception {
        AtomicLong driftFrom = new AtomicLong(Long.MAX_VALUE);
        HorizonConfig nodes = config("node", ofNode);
        HorizonConfig standbys = config("standby", ofStandby);
        try (NodeProcess node = NodeProcess.start(nodes, host(nodes, driftFrom, 1));
                StandbyProcess standby =
                        StandbyProcess.start(standbys, host(standbys, driftFrom, 2))) {
            await("attached", () -> node.live().standby().attached());
            long from = node.loop().metrics().tick() + 10;
            driftFrom.set(from);
            await("the alarm names the field", () -> alarm(node).contains("Position.x of "));
            assertThat(alarm(node)).startsWith("tick " + from + ": ").contains(" at the node");
            assertThatThrownBy(standby::awaitEnd)
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-STB-003"))
                    .hasMessageContaining("Position.x of ");
            await("let go of", () -> node.live().standby().stage().equals("none"));
            long ticked = node.loop().metrics().tick();
            await("the node goes on", () -> node.loop().metrics().tick() > ticked + 5);
            assertThat(standby.node()).isNull();
        }
    }

    private static String alarm(NodeProcess node) {
        return node.live().standby().alarm();
    }

    /** From a tick on it adds to a place, in each process so much. */
    private static PluginHost host(HorizonConfig config, AtomicLong from, double step) {
        Plugin drifting =
                registrar -> {
                    registrar
                            .events()
                            .on(
                                    RegionStarted.class,
                                    (event, context) ->
                                            context.world().create(new Position(1, 2, 3)));
                    registrar.system(
                            SystemSpec.of(
                                    "drift",
                                    Stage.MOVE,
                                    Access.none().writing(PositionColumn.TYPE),
                                    (rows, tick) -> {
                                        double[] x = rows.write(PositionColumn.TYPE).x;
                                        if (tick.number() >= from.get()) {
                                            x[rows.from()] += step;
                                        }
                                    }));
                };
        PluginHost host = NodeProcess.host(config);
        host.add(drifting, PluginDescriptor.of("drifting", StandbyPactTest.class));
        return host;
    }

    private HorizonConfig config(String name, Map<String, String> further) {
        List<Setting> settings = new java.util.ArrayList<>();
        settings.add(set("node.port", "0"));
        settings.add(set("node.data-dir", folder.resolve(name).toString()));
        settings.add(set("capture.snapshot-seconds", "1"));
        further.forEach((key, value) -> settings.add(set(key, value)));
        return ConfigLoader.load(settings, Map.of(), null).config();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }

    private static String[] lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
