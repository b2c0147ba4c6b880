package dev.horizon.perf.mesh;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.agent.Operator;
import dev.horizon.mesh.cluster.ClusterLink;
import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.mesh.cluster.CoordinatorMember;
import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.perf.Figure;
import dev.horizon.perf.tape.LaunchedNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills a node of a mesh that has a standby, while entities move between it and another node, and
 * counts afterwards where each is. Who took over has a standby of its own by the next kill.
 */
final class TakeoversUnderTransfers {
    private static final String ROCKS = "Ore and not Motion";
    private static final int KILL_AFTER_MILLIS_MAX = 150;
    private static final int STANDBY_PORTS = 3;
    private static final int STREAM_PORTS = 8;
    private static final long SECONDS_MAX = 120;
    private static final long ASK_MILLIS = 5;
    private static final long ANSWER_MILLIS_MAX = 30_000;

    private final Path launcher;
    private final Random random;
    private final int kills;
    private final int transfers;
    private final Consumer<String> progress;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Path> folders = new ArrayList<>();
    private final double[] seconds;
    private int begun;
    private int lost;
    private int doubled;

    TakeoversUnderTransfers(
            Path launcher, long seed, int kills, int transfers, Consumer<String> progress) {
        this.launcher = launcher;
        this.random = new Random(seed);
        this.kills = kills;
        this.transfers = transfers;
        this.progress = progress;
        seconds = new double[kills];
    }

    List<Figure> run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("horizon-takeovers-");
        MeshKey key = MeshKey.readOrMake(folder.resolve("mesh.key"));
        TicketKey.load(false, null, folder);
        String member = "127.0.0.1:" + TransferGap.freePorts(ClusterMembers.PORTS);
        ClusterMembers members = ClusterMembers.parse(List.of(member));
        try (CoordinatorMember coordinator =
                        CoordinatorMember.start(
                                folder.resolve("member"),
                                members,
                                0,
                                key,
                                CoordinatorMember.LEADER_TIMEOUT);
                EmbeddedDriver driver =
                        EmbeddedDriver.start(
                                DriverConfig.at(folder.resolve("operator"))
                                        .withoutShutdownHook()
                                        .withoutArchive());
                ClusterLink link =
                        new ClusterLink(
                                driver.aeron(),
                                members,
                                new Principal(Principal.Role.OPERATOR, "bench"),
                                key,
                                "127.0.0.1",
                                SystemEpochClock.INSTANCE)) {
            chain(folder, member, new Operator(link, ANSWER_MILLIS_MAX));
        } finally {
            // What a killed node leaves in shared memory its folder's next life takes away.
            folders.forEach(each -> EmbeddedDriver.start(DriverConfig.at(each)).close());
            IoUtil.delete(folder.toFile(), true);
        }
        Arrays.sort(seconds);
        return List.of(
                Figure.plain("kills of nodes that have a standby", kills, ""),
                Figure.atLeast("transfers meanwhile", begun, "", transfers),
                Figure.atMost("entities lost", lost, "", 0),
                Figure.atMost("entities on two nodes", doubled, "", 0),
                Figure.atMost(
                        "node killed until its standby ticks in the mesh, worst",
                        seconds[kills - 1],
                        "s",
                        3),
                Figure.plain(
                        "node killed until its standby ticks in the mesh, median",
                        seconds[kills / 2],
                        "s"));
    }

    private void chain(Path folder, String member, Operator operator)
            throws IOException, InterruptedException {
        int port = TransferGap.freePorts(STANDBY_PORTS);
        LaunchedNode west = start(folder, member, "west", 0, port, "node");
        LaunchedNode next = west;
        try (LaunchedNode east =
                start(folder, member, "east", 0, TransferGap.freePorts(STANDBY_PORTS), "node")) {
            Set<EntityId> all = new HashSet<>(rocks(west));
            all.addAll(rocks(east));
            for (int round = 1; round <= kills; round++) {
                progress.accept("mesh: takeover " + round + " of " + kills);
                int nextPort = TransferGap.freePorts(STANDBY_PORTS);
                String of = "127.0.0.1:" + port;
                next = start(folder, member, "west", round, nextPort, "standby", "--of", of);
                port = nextPort;
                awaitAttached(next);
                move(operator, west, east, transfers / kills);
                Thread.sleep(random.nextInt(KILL_AFTER_MILLIS_MAX));
                long killed = System.nanoTime();
                west.kill();
                west = next;
                awaitTicks(west);
                seconds[round - 1] = (System.nanoTime() - killed) / 1e9;
                awaitNoneOpen(operator);
                count(all, rocks(west), rocks(east));
            }
        } finally {
            west.close();
            next.close();
        }
    }

    private LaunchedNode start(
            Path folder, String member, String name, int life, int standbyPort, String... verb)
            throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve(name + "-" + life));
        folders.add(data);
        Path file = folder.resolve(name + "-" + life + ".toml");
        Files.writeString(
                file,
                """
                [node]
                name = "%s"
                star-system = "sol"
                port = 0
                data-dir = "%s"
                [[node.regions]]
                %s
                [plugins.sol]
                ships = 0
                objects = 600
                [streams]
                transport = "mdc"
                port = %d
                [standby]
                port = %d
                [gateway]
                ticket-key-file = "%s"
                [mesh]
                coordinators = ["%s"]
                key-file = "%s"
                """
                        .formatted(
                                name,
                                data,
                                name.equals("west") ? "id = 1\nmax-x = 0.0" : "id = 2\nmin-x = 0.0",
                                TransferGap.freePorts(STREAM_PORTS),
                                standbyPort,
                                TicketKey.developmentFile(folder),
                                member,
                                folder.resolve("mesh.key")));
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(List.of("--config", file.toString()));
        return LaunchedNode.start(launcher, arguments.toArray(String[]::new));
    }

    /** Half of them in either direction. */
    private void move(Operator operator, LaunchedNode west, LaunchedNode east, int count)
            throws IOException, InterruptedException {
        List<NodeEntry> nodes = operator.view().nodes();
        NodeEntry one = named(nodes, "west");
        NodeEntry other = named(nodes, "east");
        begun += operator.transfer(some(rocks(west), count / 2), one, other);
        begun += operator.transfer(some(rocks(east), count - count / 2), other, one);
    }

    private static List<EntityId> some(List<EntityId> of, int count) {
        return of.subList(0, Math.min(count, of.size()));
    }

    private static NodeEntry named(List<NodeEntry> nodes, String name) {
        return nodes.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private void count(Set<EntityId> all, List<EntityId> west, List<EntityId> east) {
        Set<EntityId> found = new HashSet<>(west);
        doubled += (int) east.stream().filter(each -> !found.add(each)).count();
        lost += (int) all.stream().filter(each -> !found.contains(each)).count();
        all.retainAll(found);
    }

    private List<EntityId> rocks(LaunchedNode node) throws IOException, InterruptedException {
        String where = URLEncoder.encode(ROCKS, StandardCharsets.UTF_8);
        List<EntityId> ids = new ArrayList<>();
        get(node, "/api/query?limit=10000&where=" + where)
                .path("entities")
                .forEach(each -> ids.add(EntityId.parse(each.path("id").asString())));
        return ids;
    }

    private void awaitAttached(LaunchedNode node) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!get(node, "/api/standby").path("attached").asBoolean(false)) {
            requireTime("the standby is attached", end);
        }
    }

    /** As an operator sees it. */
    private void awaitTicks(LaunchedNode node) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        long first = 0;
        long tick = 0;
        while (first == 0 || tick <= first) {
            requireTime("the standby takes over", end);
            tick = get(node, "/api/status").path("tick").asLong(0);
            first = first == 0 ? tick : first;
        }
    }

    private void awaitNoneOpen(Operator operator) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (operator.view().transfers().stream().anyMatch(each -> !each.stage().isEnd())) {
            requireTime("transfers end", end);
        }
    }

    private static void requireTime(String what, long end) throws InterruptedException {
        if (System.nanoTime() > end) {
            throw new IllegalStateException("waited in vain until " + what);
        }
        Thread.sleep(ASK_MILLIS);
    }

    private JsonNode get(LaunchedNode node, String path) throws IOException, InterruptedException {
        URI address = Objects.requireNonNull(node.address()).resolve(path);
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
    }
}
