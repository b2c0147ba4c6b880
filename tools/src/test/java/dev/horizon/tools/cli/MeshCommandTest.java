package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.node.CoordinatorProcess;
import dev.horizon.tools.node.MemberPorts;
import dev.horizon.tools.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator, nodes that it grants their region to, and an operator who asks and tells. */
class MeshCommandTest {
    @TempDir Path folder;
    private String member;
    private CoordinatorProcess coordinator;

    @BeforeEach
    void start() throws IOException {
        member = "127.0.0.1:" + MemberPorts.free();
        coordinator = CoordinatorProcess.start(config("coordinator"));
    }

    @AfterEach
    void stop() {
        coordinator.close();
    }

    @Test
    void shouldGiveARegionToOneNodeAtATime() throws Exception {
        try (NodeProcess first = node("first")) {
            assertThat(first.loop().tick()).isPositive();
            awaitStatus("first", "ticking");
            assertThat(mesh("status")).contains("sol/1", "first");
            assertThatThrownBy(() -> node("second").close())
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-MESH-011"));
        }
        awaitStatus("first", "left");
        try (NodeProcess second = node("second")) {
            awaitStatus("second", "ticking");
            assertThat(mesh("status", "--json")).contains("\"epoch\" : 2");
            assertThat(mesh("confirm-gone", "second")).contains("second is gone");
            assertThatThrownBy(second::awaitEnd)
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-MESH-012"));
        }
        assertThat(mesh("status")).contains("gone", "nobody");
    }

    @Test
    void shouldCutARegionAndPutItTogetherAgain() throws Exception {
        try (NodeProcess only = node("only")) {
            assertThat(only.loop().tick()).isPositive();
            awaitStatus("only", "ticking");
            String cut = mesh("split", "1", "--axis", "x", "--at", "5000");
            assertThat(cut).startsWith("the upper part of region 1 of sol is region 10000");
            String part = cut.strip().substring(cut.strip().lastIndexOf(' ') + 1);
            assertThat(mesh("status")).contains("sol/" + part);
            assertThat(mesh("move", part, "--to", "only")).contains(part + " of sol is on only");
            assertThat(mesh("merge", "1", part)).contains(part + " of sol is part of region 1");
            assertThat(mesh("status")).doesNotContain("sol/" + part);
            mesh("split", "1", "--axis", "y", "--at", "5000");
            assertThat(balancedUntil("is part of region 1 again"))
                    .contains("watches load", "only has little to do");
            assertThat(mesh("status")).doesNotContain("sol/1000");
            Console alone = new Console();
            assertThat(run(alone, "drain", "only")).isEqualTo(ExitCode.FAULT);
            assertThat(alone.err()).contains("HZ-MESH-030", "no other node");
            Console unknown = new Console();
            assertThat(run(unknown, "move", "7", "--to", "only")).isEqualTo(ExitCode.FAULT);
            assertThat(unknown.err()).contains("HZ-MESH-029");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAnOrder() throws Exception {
        Console console = new Console();
        assertThat(run(console, "confirm-gone", "nobody")).isEqualTo(ExitCode.FAULT);
        assertThat(console.err()).contains("HZ-MESH-014", "horizon mesh status");
        Console up = new Console();
        assertThat(run(up, "up")).isEqualTo(ExitCode.USAGE);
        assertThat(up.err()).contains("mesh up makes members and key itself");
        Console greedy = new Console();
        assertThat(run(greedy, "balance", "--high", "80", "--low", "40")).isEqualTo(ExitCode.USAGE);
        assertThat(greedy.err()).contains("low has to be less than half of high");
        Console none = new Console();
        assertThat(none.run("mesh", "up", "--nodes", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("HZ-MESH-040");
        Console without = new Console();
        assertThat(without.run("mesh", "status", "--data-dir", folder.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(without.err()).contains("HZ-MESH-016");
    }

    /** What balance says, until it says so. All load is little to it. */
    private String balancedUntil(String words) throws InterruptedException {
        Console console = new Console();
        String[] line = "balance --high 10000 --low 4000 --sustain 0 --settle 0".split(" ");
        Thread balancing = Thread.ofPlatform().start(() -> run(console, line));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!console.out().contains(words)) {
            assertThat(System.nanoTime()).as(console.out() + console.err()).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        balancing.interrupt();
        balancing.join();
        return console.out();
    }

    private void awaitStatus(String node, String health) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String status = mesh("status");
        while (status.lines().noneMatch(line -> line.matches(node + " +sol +" + health + ".*"))) {
            assertThat(System.nanoTime()).as(status).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            status = mesh("status");
        }
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

    private NodeProcess node(String name) {
        HorizonConfig config = config(name);
        return NodeProcess.start(config, NodeProcess.host(config));
    }

    private HorizonConfig config(String name) {
        List<Setting> settings = new ArrayList<>();
        settings.add(set("node.name", name));
        settings.add(set("node.port", "0"));
        settings.add(set("node.data-dir", folder.resolve(name).toString()));
        settings.add(set("mesh.coordinators", member));
        if (!name.equals("coordinator")) {
            settings.add(set("mesh.key-file", key().toString()));
        }
        return ConfigLoader.load(settings, Map.of(), null).config();
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set " + key));
    }
}
