package dev.horizon.perf.mesh;

import dev.horizon.engine.world.EntityId;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.agent.Operator;
import dev.horizon.mesh.cluster.ClusterLink;
import dev.horizon.mesh.cluster.ClusterMembers;
import dev.horizon.mesh.cluster.MeshKey;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.MeshMessage.StateHead;
import dev.horizon.mesh.protocol.MeshMessage.StateRequest;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.gateway.TicketKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemEpochClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code horizon mesh up}, as an operator starts it, and a connection to its coordinator. */
final class LaunchedMesh implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("mesh +(http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long UP_SECONDS_MAX = 180;
    private static final long END_SECONDS_MAX = 60;
    private static final int KEY_BYTES = 32;
    private static final long LOOK_MILLIS = 50;
    private static final long ASK_MILLIS = 10;

    /** Longer than any election. */
    private static final long ANSWER_MILLIS_MAX = 60_000;

    /** What the coordinator remembers of transfers that ended. */
    private static final int ENDED_MAX = 256;

    private final Path folder;
    private final Process process;
    private final URI page;
    private final String ticketKey;
    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedDriver driver;
    private final ClusterLink link;
    private final Operator operator;

    private LaunchedMesh(Path folder, Process process, URI page, String ticketKey)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.process = process;
        this.page = page;
        this.ticketKey = ticketKey;
        JsonNode state = state();
        List<String> members = new ArrayList<>();
        state.path("members").forEach(each -> members.add(each.asString()));
        driver = EmbeddedDriver.start(DriverConfig.at(folder.resolve("bench")).withoutArchive());
        link =
                new ClusterLink(
                        driver.aeron(),
                        ClusterMembers.parse(members),
                        new Principal(Principal.Role.OPERATOR, "bench"),
                        MeshKey.read(Path.of(state.path("keyFile").asString())),
                        "127.0.0.1",
                        SystemEpochClock.INSTANCE);
        operator = new Operator(link, ANSWER_MILLIS_MAX);
    }

    /** Starts one, and waits until all of it is up and its nodes tick. */
    static LaunchedMesh start(
            Path launcher, int nodes, int gateways, int members, String... settings)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("horizon-mesh-bench-");
        String ticketKey = makeTicketKey(Files.createDirectory(folder.resolve("mesh")));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                launcher.toString(),
                                "mesh",
                                "up",
                                "--nodes=" + nodes,
                                "--gateways=" + gateways,
                                "--coordinators=" + members,
                                "--port=0",
                                "--radius=300000",
                                "--data-dir=" + folder.resolve("mesh")));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HORIZON_SKIP_BUILD", "1");
        Process process = builder.start();
        try {
            BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            URI page = page(out);
            Thread.ofPlatform().daemon().name("mesh-output").start(() -> drain(out));
            LaunchedMesh mesh = new LaunchedMesh(folder, process, page, ticketKey);
            mesh.awaitUp();
            return mesh;
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    /** All processes of the mesh take the one that is there; whoever has it signs tickets. */
    private static String makeTicketKey(Path in) throws IOException {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getEncoder().encodeToString(secret);
        Files.writeString(TicketKey.developmentFile(in), key);
        return key;
    }

    private static URI page(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = PAGE.matcher(line);
            if (found.find()) {
                return URI.create(found.group(1));
            }
        }
        throw new IllegalStateException("horizon mesh up ended without an address");
    }

    private static void drain(BufferedReader out) {
        try {
            while (out.readLine() != null) {
                // Its page says the same.
            }
        } catch (IOException e) {
            // It has ended.
        }
    }

    /** Waits until each process is up and each node has ticked. */
    void awaitUp() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(UP_SECONDS_MAX);
        while (!isUp()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the mesh is not up: " + state());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean isUp() throws IOException, InterruptedException {
        JsonNode state = state();
        boolean isUp = !state.path("nodes").isEmpty();
        for (JsonNode each : state.path("processes")) {
            isUp &= each.path("state").asString().equals("up");
        }
        for (JsonNode node : state.path("nodes")) {
            isUp &= node.path("health").asString().equals("ticking");
            isUp &= node.path("load").path("tick").asInt() > 0;
        }
        return isUp;
    }

    /** Where its first gateway listens. */
    URI gateway() throws IOException, InterruptedException {
        for (JsonNode each : state().path("processes")) {
            if (each.path("role").asString().equals("gateway")) {
                return URI.create(each.path("address").asString());
            }
        }
        throw new IllegalStateException("no gateway: " + state());
    }

    /** What signs the tickets of its players, base64. */
    String ticketKey() {
        return ticketKey;
    }

    /** What its page shows. */
    JsonNode state() throws IOException, InterruptedException {
        return get(page.resolve("/api/mesh"));
    }

    /** What an API answers. */
    JsonNode get(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        return JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    /** The entities of a node that meet a condition, ten thousand at most. */
    List<EntityId> entities(NodeEntry node, String condition)
            throws IOException, InterruptedException {
        String where = URLEncoder.encode(condition, StandardCharsets.UTF_8);
        URI query = URI.create(node.pages()).resolve("/api/query?limit=10000&where=" + where);
        List<EntityId> ids = new ArrayList<>();
        get(query)
                .path("entities")
                .forEach(each -> ids.add(EntityId.parse(each.path("id").asString())));
        return ids;
    }

    /** kill -9 of one of its processes. */
    void kill(String name) throws IOException, InterruptedException {
        for (JsonNode each : state().path("processes")) {
            if (each.path("name").asString().equals(name)) {
                ProcessHandle.of(each.path("pid").asLong())
                        .ifPresent(process -> {
                            process.destroyForcibly();
                            process.onExit().join();
                        });
                return;
            }
        }
        throw new IllegalStateException("no process " + name);
    }

    /** A node at a glance, as its API says. */
    JsonNode status(NodeEntry node) throws IOException, InterruptedException {
        return get(URI.create(node.pages()).resolve("/api/status"));
    }

    /** The tick of a node. */
    long tick(NodeEntry node) throws IOException, InterruptedException {
        return status(node).path("tick").asLong();
    }

    /** Waits until a node that was killed has ticked in its next life. */
    void awaitTick(NodeEntry node) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(UP_SECONDS_MAX);
        long first = -1;
        while (true) {
            try {
                long tick = tick(node);
                if (first >= 0 && tick > first) {
                    return;
                }
                first = tick;
            } catch (IOException e) {
                first = -1; // It is not back yet.
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("node " + node.name() + " does not come back");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Waits until the coordinator answers what is asked from now on. */
    void awaitAnswer() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS_MAX);
        long first = -System.nanoTime();
        long asked = first;
        boolean[] isAnswered = new boolean[1];
        while (!isAnswered[0]) {
            link.send(new StateRequest(asked++, Integer.MAX_VALUE));
            long last = asked;
            link.poll(message ->
                    isAnswered[0] |=
                            message instanceof StateHead head
                                    && head.request() >= first
                                    && head.request() < last);
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no leader answers: " + link.trouble());
            }
            Thread.sleep(ASK_MILLIS);
        }
    }

    /** Asks and orders; one thread. */
    Operator operator() {
        return operator;
    }

    /** The process that leads the coordinator. */
    String leader() throws InterruptedException {
        operator.transfersRemembered();
        return "coordinator-" + link.leader();
    }

    /** Its nodes. */
    List<NodeEntry> nodes() throws InterruptedException {
        return operator.view().nodes();
    }

    /** Transfers that have no end yet. */
    long open() throws InterruptedException {
        int remembered = operator.transfersRemembered();
        if (remembered > ENDED_MAX) {
            return remembered - ENDED_MAX;
        }
        MeshView view = operator.view();
        return view.transfers().stream().filter(each -> !each.stage().isEnd()).count();
    }

    @Override
    public void close() throws InterruptedException {
        CloseHelper.quietCloseAll(link, driver, http);
        process.destroy();
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        IoUtil.delete(folder.toFile(), true);
    }
}
