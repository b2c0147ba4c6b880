package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import dev.horizon.mesh.protocol.TransferEntry.Stage;
import dev.horizon.net.client.HorizonClient;
import dev.horizon.net.client.LiveReplica;
import dev.horizon.net.client.ServerEvent;
import dev.horizon.tools.cli.Console;
import dev.horizon.tools.cli.ExitCode;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two nodes in processes of their own, and a rock that moves between them while either is killed:
 * what doesn't fly stays where it is sent, whoever owns the place. More kills: {@code
 * -Dmesh.kills=200 -Dmesh.seed=7}.
 */
class MeshTransferTest {
    private static final List<String> NAMES = List.of("west", "east");
    private static final long MILLIS_MAX = 120_000;

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, ChildNode> nodes = new HashMap<>();
    private String member;
    private CoordinatorProcess coordinator;
    private int said;

    @BeforeEach
    void start() throws Exception {
        member = "127.0.0.1:" + MemberPorts.free();
        coordinator = CoordinatorProcess.start(config());
        for (String name : NAMES) {
            try (ServerSocket free = new ServerSocket(0)) {
                ports.put(name, free.getLocalPort());
            }
            boolean isWest = name.equals("west");
            Files.writeString(
                    Files.createDirectory(folder.resolve(name)).resolve("horizon.toml"),
                    "[[node.regions]]\n"
                            + (isWest ? "id = 1\nmax-x = 0.0\n" : "id = 2\nmin-x = 0.0\n"));
            launch(name);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (ChildNode node : nodes.values()) {
            node.close(); // in order: a killed one leaves its shared memory to its next life
        }
        coordinator.close();
    }

    @Test
    void shouldMoveARockAndHaveItOnceWhateverIsKilled() throws Exception {
        String rock = rock("west");
        JsonNode before = entity("west", rock);
        assertThat(mesh("transfer", rock, "--to", "east")).contains("is on east now");
        assertThat(entity("west", rock).path("code").asString()).isEqualTo("HZ-API-006");
        JsonNode after = entity("east", rock);
        assertThat(after.path("components").propertyNames())
                .containsExactlyInAnyOrderElementsOf(before.path("components").propertyNames());
        assertThat(mesh("status")).contains("done", rock);

        Console refused = new Console();
        assertThat(run(refused, "transfer", "1:999999", "--from", "west", "--to", "east"))
                .isEqualTo(ExitCode.FAULT);
        assertThat(refused.err()).contains("HZ-MESH-024");

        long seed = Long.getLong("mesh.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        String at = "east";
        for (int kill = 0; kill < Integer.getInteger("mesh.kills", 2); kill++) {
            String to = at.equals("west") ? "east" : "west";
            String victim = kill % 2 == 0 ? to : at;
            at = moveAndKill(rock, at, to, victim, random.nextInt(120));
            assertThat(entity(at, rock).path("id").asString())
                    .as("seed %d, kill %d of %s", seed, kill, victim)
                    .isEqualTo(rock);
            String other = at.equals("west") ? "east" : "west";
            assertThat(entity(other, rock).path("code").asString()).isEqualTo("HZ-API-006");
        }
    }

    @Test
    void shouldBringWhatOneSaysToTheGalaxyToThePlayersOfTheOtherNode() throws Exception {
        try (HorizonClient ada = nodes.get("west").login("Ada", new LiveReplica())) {
            try (HorizonClient eve = nodes.get("east").login("Eve", new LiveReplica())) {
                assertThat(heard("Ada", ada, eve)).isEqualTo("Ada");
                assertThat(heard("Eve", eve, ada)).isEqualTo("Eve");
            }
            nodes.get("east").kill();
            launch("east");
            try (HorizonClient bob = nodes.get("east").login("Bob", new LiveReplica())) {
                assertThat(heard("Ada", ada, bob)).as("after a comeback").isEqualTo("Ada");
                assertThat(heard("Bob", bob, ada)).isEqualTo("Bob");
            }
        }
    }

    /** Whom the other hears at last, once both nodes know what the other's offers. */
    private String heard(String name, HorizonClient speaker, HorizonClient other) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_MAX);
        List<String> lines = new ArrayList<>();
        String from = "";
        while (!from.equals(name)) {
            assertThat(System.nanoTime()).as("heard so far: %s", lines).isLessThan(end);
            String line = "{'channel':'GALAXY','to':'','message':'line " + ++said + "'}";
            speaker.send("chat", "say", line.replace('\'', '"'));
            ServerEvent next;
            while ((next = other.await("chat", "said", Duration.ofSeconds(1))) != null) {
                from = next.data().path("from").asString();
                lines.add(next.data().path("message").asString());
            }
        }
        assertThat(lines).doesNotHaveDuplicates();
        return from;
    }

    /** Where the rock is after its transfer has ended. */
    private String moveAndKill(String rock, String from, String to, String victim, int afterMillis)
            throws Exception {
        try (MeshOperator operator = MeshOperator.connect(config())) {
            List<NodeEntry> known = operator.view().nodes();
            long asked =
                    operator.transfer(EntityId.parse(rock), named(known, from), named(known, to));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(afterMillis));
            nodes.get(victim).kill();
            launch(victim);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_MAX);
            while (true) {
                List<TransferEntry> ended =
                        operator.view().transfers().stream()
                                .filter(each -> each.asked() == asked && each.stage().isEnd())
                                .toList();
                if (!ended.isEmpty()) {
                    return ended.getFirst().stage() == Stage.DONE ? to : from;
                }
                assertThat(System.nanoTime()).as("an end of %s's transfer", rock).isLessThan(end);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static NodeEntry named(List<NodeEntry> nodes, String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    private void launch(String name) throws Exception {
        nodes.put(
                name,
                ChildNode.start(
                        folder.resolve(name),
                        "node.name=" + name,
                        "node.port=" + ports.get(name),
                        "plugins.sol.ships=30",
                        "plugins.sol.objects=300",
                        "mesh.coordinators=" + member,
                        "mesh.key-file=" + key()));
    }

    private String rock(String node) throws Exception {
        String where = URLEncoder.encode("Ore and not Motion", StandardCharsets.UTF_8);
        JsonNode found = get(node, "/api/query?limit=1&where=" + where);
        return found.path("entities").path(0).path("id").asString();
    }

    private JsonNode entity(String node, String id) throws Exception {
        return get(node, "/api/entities/" + id);
    }

    private JsonNode get(String node, String path) throws Exception {
        URI address = nodes.get(node).address().resolve(path);
        return JsonMapper.shared()
                .readTree(
                        http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                                .body());
    }

    private String mesh(String... words) {
        Console console = new Console();
        assertThat(run(console, words)).as(console.err()).isEqualTo(ExitCode.OK);
        return console.out();
    }

    private int run(Console console, String... words) {
        List<String> line = new ArrayList<>(List.of("mesh"));
        line.addAll(List.of(words));
        line.addAll(List.of("--members", member, "--key-file", key().toString()));
        return console.run(line.toArray(String[]::new));
    }

    private Path key() {
        return folder.resolve("coordinator").resolve("mesh.key");
    }

    private HorizonConfig config() {
        return ConfigLoader.load(
                        List.of(
                                set("node.data-dir", folder.resolve("coordinator").toString()),
                                set("mesh.coordinators", member)),
                        Map.of(),
                        null)
                .config();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set " + key));
    }
}
