package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.config.ConfigLoader;
import dev.horizon.tools.config.Origin;
import dev.horizon.tools.config.Setting;
import dev.horizon.tools.node.NodeProcess;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code horizon standby} and its verbs, as they are typed. */
class StandbyCommandTest {
    private static final int SECONDS_MAX = 180;
    private static final Pattern ADDRESS = Pattern.compile("at http://127\\.0\\.0\\.1:(\\d+)/");

    @TempDir private Path folder;
    private Path plugins;
    private String key = "";
    private int port;

    @BeforeEach
    void make() throws Exception {
        plugins = Files.createDirectories(folder.resolve("plugins"));
        TicketKey.load(false, null, folder);
        key = TicketKey.developmentFile(folder).toString();
        port = freePort();
    }

    @Test
    void shouldLetGoInOrderAndHandOverWhenAsked() throws Exception {
        try (NodeProcess node = node(port)) {
            String at = Integer.toString(node.port());
            assertThat(run("status", "--port", at)).containsPattern("node +none +standby +\\d+ +-");

            Standby first = new Standby("first");
            await("attached", () -> node.live().standby().attached());
            String attached = run("status", "--port", at);
            assertThat(attached).containsPattern("node +attached +standby +\\d+ +\\d+ +\\d+ +\\d+");
            String[] refused = {"promote", "--port", at, "--data-dir", folder("node")};
            assertThat(fault(refused)).contains("HZ-STB-011").contains("not a standby");
            assertThat(run("detach", "--port", at, "--data-dir", folder("node")))
                    .contains("goes on without a standby");
            assertThat(first.exit()).isEqualTo(ExitCode.OK);
            assertThat(first.console.out()).contains("the node let go of this standby");
            assertThat(first.console.err()).doesNotContain("error");
            long ticked = node.loop().metrics().tick();
            await("the node ticks on", () -> node.loop().metrics().tick() > ticked + 3);
            assertThat(run("status", "--port", at)).containsPattern("node +none +standby +\\d+ +-");

            Standby second = new Standby("second");
            await("attached", () -> node.live().standby().attached());
            String other = second.port();
            assertThat(fault("promote", "--port", other, "--data-dir", folder("node")))
                    .as("without the standby's own token")
                    .contains("error HZ-API-");
            assertThat(run("promote", "--port", other, "--data-dir", folder("second")))
                    .contains("takes over");
            assertThatThrownBy(node::awaitEnd)
                    .isInstanceOfSatisfying(
                            HorizonException.class,
                            e -> assertThat(e.code()).isEqualTo("HZ-STB-008"));
            await("it ticks", () -> second.console.out().contains("this standby took over"));
            assertThat(run("status", "--port", other)).containsPattern("node +none");
            second.end();
        }
    }

    @Test
    void shouldSayWhereThereIsNoStandby() throws Exception {
        try (NodeProcess node = node(0)) {
            String at = Integer.toString(node.port());
            assertThat(fault("detach", "--port", at, "--data-dir", folder("node")))
                    .contains("HZ-STB-011")
                    .contains("standby.port");
        }
    }

    /** {@code horizon standby} on a thread of its own. */
    private final class Standby {
        final Console console = new Console();
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final Thread thread;

        Standby(String name) throws IOException {
            List<String> all = new ArrayList<>(List.of("standby"));
            all.addAll(List.of("--of", "127.0.0.1:" + port, "--port", "0"));
            all.addAll(List.of("--data-dir", folder(name)));
            all.addAll(List.of("--set", "standby.port=" + freePort()));
            all.addAll(List.of("--set", "gateway.ticket-key-file=" + key));
            all.addAll(List.of("--set", "node.plugin-dir=" + plugins));
            String[] arguments = all.toArray(String[]::new);
            thread = Thread.ofPlatform().start(() -> exit.complete(console.run(arguments)));
        }

        int exit() throws Exception {
            return exit.get(SECONDS_MAX, TimeUnit.SECONDS);
        }

        String port() {
            await("its address", () -> ADDRESS.matcher(console.out()).find());
            Matcher found = ADDRESS.matcher(console.out());
            assertThat(found.find()).isTrue();
            return found.group(1);
        }

        /** As a signal would end it. */
        void end() throws Exception {
            thread.interrupt();
            exit();
        }
    }

    private NodeProcess node(int standbyPort) {
        List<Setting> settings = new ArrayList<>();
        settings.add(set("node.port", "0"));
        settings.add(set("node.data-dir", folder("node")));
        settings.add(set("node.plugin-dir", plugins.toString()));
        settings.add(set("gateway.ticket-key-file", key));
        settings.add(set("standby.port", Integer.toString(standbyPort)));
        return NodeProcess.start(ConfigLoader.load(settings, Map.of(), null).config());
    }

    private static Setting set(String key, String value) {
        return new Setting(key, value, new Origin.Flag("--set"));
    }

    private String folder(String name) {
        return folder.resolve(name).toString();
    }

    private static String run(String... arguments) {
        Console console = new Console();
        assertThat(console.run(verb(arguments))).as(console.err()).isEqualTo(ExitCode.OK);
        return console.out();
    }

    private static String fault(String... arguments) {
        Console console = new Console();
        assertThat(console.run(verb(arguments))).as(console.out()).isNotEqualTo(ExitCode.OK);
        return console.err();
    }

    private static String[] verb(String... arguments) {
        List<String> all = new ArrayList<>(List.of("standby"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
