package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.pages.DemoNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two nodes, one in a process of its own with a standby, and rocks that go to and fro between them
 * while that node is killed, and while the standby that became it is stopped and wakes up behind
 * its own. Other moments: {@code -Dmesh.seed=7}.
 */
class MeshStandbyTest {
    private static final int SECONDS_MAX = 120;
    private static final int ROCKS = 12;

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(Long.getLong("mesh.seed", 1));
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private String member;
    private MeshOperator operator;

    @BeforeEach
    void start() throws Exception {
        TicketKey.load(false, null, folder);
        member = "127.0.0.1:" + MemberPorts.free();
        CoordinatorProcess coordinator = CoordinatorProcess.start(config());
        started.push(coordinator);
        operator = MeshOperator.connect(config());
        started.push(operator);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
    }

    @Test
    void shouldGoOnWithANodesRegionsAndTransfersInItsStandby() throws Exception {
        int port = OpenNode.freePort();
        Map<String, String> ofEast = settings("east");
        CompletableFuture<NodeProcess> starting =
                CompletableFuture.supplyAsync(() -> DemoNode.start(place("east"), ofEast));
        ChildNode west =
                ChildNode.start(place("west"), lines(settings("west", "standby.port", port)));
        started.push(west);
        Path memory = Path.of(Objects.requireNonNull(west.await("memory ", SECONDS_MAX)));
        started.push(() -> IoUtil.delete(memory.toFile(), true));
        started.push(starting.get());
        int nextPort = OpenNode.freePort();
        ChildNode first =
                ChildNode.start(
                        ChildStandby.class, place("first"), lines(ofStandby(port, nextPort)));
        started.push(first);
        assertThat(first.await("attached ", SECONDS_MAX)).isNotNull();
        URI east = URI.create(starting.get().address());
        Set<String> all = rocks(west.address());
        List<String> some = all.stream().limit(ROCKS).toList();
        all.addAll(rocks(east));
        long life = named("west").life();

        transfer(some, "west", "east");
        west.kill();
        assertThat(first.await("over ", SECONDS_MAX)).isNotNull();
        assertAllOnce(all, first.address(), east);
        assertThat(named("west").life()).isEqualTo(life + 1);
        assertThat(named("west").isTakenOver()).isTrue();
        assertThat(epoch()).isEqualTo(2);

        StandbyProcess second =
                DemoNode.standby(place("second"), ofStandby(nextPort, OpenNode.freePort()));
        started.push(second);
        await("attached", () -> second.status().attached());
        List<String> there = new ArrayList<>(rocks(east));
        there.retainAll(some);
        transfer(there, "east", "west");
        first.pause();
        await("it takes over", () -> second.node() != null);
        first.goOn();
        assertThat(first.await("ended ", SECONDS_MAX)).containsAnyOf("HZ-STB-008", "HZ-MESH-012");
        URI west2 = URI.create(second.address());
        assertAllOnce(all, west2, east);
        assertThat(named("west").life()).isEqualTo(life + 2);
        assertThat(epoch()).isEqualTo(3);
        transfer(some.subList(0, 1), "west", "east");
        transfer(some.subList(0, 1), "east", "west");
        assertAllOnce(all, west2, east);
    }

    /** Asks for each; some are on their way, then, and some aren't yet. */
    private void transfer(List<String> rocks, String from, String to) throws Exception {
        List<NodeEntry> known = operator.view().nodes();
        for (String rock : rocks) {
            await(
                    "the last transfer of " + rock,
                    () ->
                            operator.view().transfers().stream()
                                    .filter(each -> !each.stage().isEnd())
                                    .noneMatch(each -> id(each.entity()).equals(rock)));
            operator.transfer(EntityId.parse(rock), named(known, from), named(known, to));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(10)));
        }
    }

    private static String id(long entity) {
        return new EntityId(entity).toString();
    }

    /** Once no transfer is open, each rock is at one of the two. */
    private void assertAllOnce(Set<String> all, URI west, URI east) throws Exception {
        await(
                "an end of all transfers",
                () -> operator.view().transfers().stream().allMatch(each -> each.stage().isEnd()));
        Set<String> found = rocks(west);
        Set<String> others = rocks(east);
        assertThat(found).doesNotContainAnyElementsOf(others);
        found.addAll(others);
        assertThat(found).isEqualTo(all);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private NodeEntry named(String name) throws InterruptedException {
        return named(operator.view().nodes(), name);
    }

    private static NodeEntry named(List<NodeEntry> nodes, String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    /** Of the region that has the standby. */
    private long epoch() throws InterruptedException {
        MeshView view = operator.view();
        long home = named(view.nodes(), "west").home();
        return view.regions().stream()
                .filter(each -> each.owner() == home)
                .findFirst()
                .orElseThrow()
                .region()
                .epoch();
    }

    private Path place(String name) {
        try {
            Path place = Files.createDirectory(folder.resolve(name));
            String region = name.equals("east") ? "id = 2\nmin-x = 0.0\n" : "id = 1\nmax-x = 0.0\n";
            Files.writeString(place.resolve("horizon.toml"), "[[node.regions]]\n" + region);
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> ofStandby(int of, int port) throws IOException {
        Map<String, String> settings = settings("west", "standby.port", port);
        settings.put("standby.of", "127.0.0.1:" + of);
        return settings;
    }

    private Map<String, String> settings(String name, String key, int value) throws IOException {
        Map<String, String> settings = settings(name);
        settings.put(key, Integer.toString(value));
        return settings;
    }

    private Map<String, String> settings(String name) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (ServerSocket free = new ServerSocket(0)) {
            settings.put("node.port", Integer.toString(free.getLocalPort()));
        }
        settings.put("node.name", name);
        settings.put("plugins.sol.ships", "30");
        settings.put("plugins.sol.objects", "300");
        settings.put("capture.snapshot-seconds", "1");
        settings.put("mesh.coordinators", member);
        settings.put("mesh.key-file", key().toString());
        settings.put("gateway.ticket-key-file", TicketKey.developmentFile(folder).toString());
        return settings;
    }

    private static String[] lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
    }

    private Set<String> rocks(URI node) throws Exception {
        String where = URLEncoder.encode("Ore and not Motion", StandardCharsets.UTF_8);
        URI address = node.resolve("/api/query?limit=10000&where=" + where);
        JsonNode found =
                JsonMapper.shared()
                        .readTree(
                                http.send(
                                                HttpRequest.newBuilder(address).build(),
                                                BodyHandlers.ofString())
                                        .body());
        Set<String> ids = new TreeSet<>();
        found.path("entities").forEach(each -> ids.add(each.path("id").asString()));
        return ids;
    }

    private Path key() {
        return folder.resolve("coordinator").resolve("mesh.key");
    }

    private HorizonConfig config() {
        return ConfigLoader.load(
                        List.of(
                                ChildNode.set(
                                        "node.data-dir", folder.resolve("coordinator").toString()),
                                ChildNode.set("mesh.coordinators", member)),
                        Map.of(),
                        null)
                .config();
    }
}
