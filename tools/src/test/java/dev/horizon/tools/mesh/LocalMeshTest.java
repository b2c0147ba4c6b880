package dev.horizon.tools.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.agent.MeshView;
import dev.horizon.mesh.coordinator.Health;
import dev.horizon.tools.tape.Installation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes that share the demo star system, with all that they need, in processes. */
class LocalMeshTest {
    private static final long SECONDS_MAX = 300;
    private static final int LINES = 30;

    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldBeOneUniverseAndStartAgainWhatDies() throws Exception {
        Installation installation = new Installation(folder.resolve("installation"));
        Path data = folder.resolve("mesh");
        int port = FreePorts.inRow(data, MeshLayout.PORTS);
        assertThat(FreePorts.inRow(data, MeshLayout.PORTS)).as("the same again").isEqualTo(port);
        MeshLayout layout = new MeshLayout(data, List.of("sol"), 2, 1, 1, port, 500_000);
        List<String> settings =
                List.of(
                        "node.plugin-dir=" + installation.plugins(),
                        "plugins.sol.ships=60",
                        "plugins.sol.objects=300");
        try (LocalMesh mesh =
                LocalMesh.start(
                        layout, settings, installation::command, new MeshHistory(event -> {}))) {
            await(mesh, "all up", () -> mesh.isUp() && ticking(mesh) == 2);
            assertThatThrownBy(() ->
                            LocalMesh.start(
                                    layout,
                                    settings,
                                    installation::command,
                                    new MeshHistory(event -> {})))
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-ENV-011"));
            JsonNode state = JsonMapper.shared().readTree(get(mesh.page().resolve("/api/mesh")));
            assertThat(state.path("regions").size()).isEqualTo(2);
            assertThat(state.path("processes").size()).isEqualTo(4);
            assertThat(state.path("leader").asString()).isEqualTo("coordinator-0");
            assertThat(get(mesh.page())).contains("mesh.js");
            assertThat(bodies(layout, 0) + bodies(layout, 1)).isEqualTo(1);

            MeshProcess.Status killed = status(mesh, "sol-2");
            ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
            await(mesh, "started again", () -> status(mesh, "sol-2").starts() == 2);
            await(mesh, "up again", () -> mesh.isUp() && epoch(mesh, 2) == 2);
            assertThat(mesh.history().events())
                    .extracting(event -> event.who() + " " + event.text())
                    .contains("sol-2 ended with 137; it is started again in 1 s")
                    .contains("region sol/2 is owned by sol-2 since epoch 2");
            assertThat(epoch(mesh, 1)).isEqualTo(1);
        }
        assertThat(data.toFile().list((dir, name) -> name.endsWith(".pid"))).isEmpty();
    }

    @Test
    void shouldGiveEachStarSystemAGateToTheNext() throws Exception {
        Installation installation = new Installation(folder.resolve("installation"));
        Path data = folder.resolve("mesh");
        int port = FreePorts.inRow(data, MeshLayout.PORTS);
        MeshLayout layout = new MeshLayout(data, List.of("sol", "vega"), 1, 0, 1, port, 500_000);
        List<String> settings =
                List.of(
                        "node.plugin-dir=" + installation.plugins(),
                        "plugins.sol.ships=60",
                        "plugins.sol.objects=300");
        try (LocalMesh mesh =
                LocalMesh.start(
                        layout, settings, installation::command, new MeshHistory(event -> {}))) {
            await(mesh, "all up", () -> mesh.isUp() && ticking(mesh) == 2);
            assertThat(gates(layout, 0, "vega")).isEqualTo(1);
            assertThat(gates(layout, 1, "sol")).isEqualTo(1);
        }
    }

    /** Gates of a node that lead to a star system. */
    private int gates(MeshLayout layout, int node, String to) throws Exception {
        return found(layout, node, "Gate.starSystem%3D%3D'" + to + "'");
    }

    /** Stars that a node has. */
    private int bodies(MeshLayout layout, int node) throws Exception {
        return found(layout, node, "Identity.shipType%3D%3D'STAR'");
    }

    private int found(MeshLayout layout, int node, String where) throws Exception {
        URI query =
                URI.create(
                        "http://127.0.0.1:"
                                + layout.nodePort(node)
                                + "/api/query?limit=9&where="
                                + where);
        JsonNode found = JsonMapper.shared().readTree(get(query)).path("entities");
        return found.size();
    }

    private static long ticking(LocalMesh mesh) {
        MeshView view = mesh.view();
        return view.nodes().stream()
                .filter(node -> Health.of(node, view.now()) == Health.TICKING)
                .filter(node -> node.load().entities() > 0)
                .count();
    }

    private static long epoch(LocalMesh mesh, int region) {
        return mesh.view().regions().stream()
                .filter(entry -> entry.region().id() == region)
                .mapToLong(entry -> entry.region().epoch())
                .findFirst()
                .orElse(0);
    }

    private static MeshProcess.Status status(LocalMesh mesh, String name) {
        return mesh.statuses().stream()
                .filter(each -> each.part().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void await(LocalMesh mesh, String what, BooleanSupplier isSo) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail(
                        "%s: %s %s%n%s"
                                .formatted(
                                        what,
                                        mesh.statuses(),
                                        mesh.history().events(),
                                        lastWords()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** What each process said last: the folder is gone with the test. */
    private String lastWords() throws IOException {
        StringBuilder words = new StringBuilder();
        try (DirectoryStream<Path> logs =
                Files.newDirectoryStream(folder.resolve("mesh"), "*.log")) {
            for (Path log : logs) {
                List<String> lines = Files.readAllLines(log);
                words.append(log.getFileName()).append('\n');
                lines.subList(Math.max(0, lines.size() - LINES), lines.size())
                        .forEach(line -> words.append("  ").append(line).append('\n'));
            }
        }
        return words.toString();
    }

    private String get(URI address) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", address, answer.body()).isEqualTo(200);
        return answer.body();
    }
}
