package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.ChildJvm;
import dev.horizon.tools.pages.DemoNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node whose recordings lie on a file system of 180 MB, of which the Archive wants 128 free to
 * begin, and which fills up: in a mount namespace of its own, which needs no root. {@code
 * HORIZON_NAMESPACES=required} fails where the kernel gives none.
 */
class FullDiskTest {
    private static final List<String> UNSHARE =
            List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c");

    @TempDir private Path folder;

    @Test
    void shouldPauseAndSaySoWhenTheDiskIsFullAndGoOnOnceThereIsRoom() throws Exception {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        assumePossible(archive);
        // A folder with recordings has had a life.
        Files.writeString(folder.resolve("incarnation"), "1");
        List<String> command = new ArrayList<>(UNSHARE);
        command.add("mount -t tmpfs -o size=180m none \"$0\" && exec \"$@\"");
        command.add(archive.toString());
        command.addAll(ChildJvm.command());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(FullDiskTest.class.getName(), folder.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> said = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(said::add);
        } finally {
            process.destroyForcibly();
        }
        assertThat(said).as("%s", said).anyMatch(line -> line.startsWith("paused at "));
        assertThat(said).as("%s", said).anyMatch(line -> line.startsWith("went on from "));
    }

    private static void assumePossible(Path mount) throws IOException, InterruptedException {
        List<String> probe = new ArrayList<>(UNSHARE);
        probe.addAll(List.of("mount -t tmpfs none \"$0\"", mount.toString()));
        int exit;
        try {
            exit = new ProcessBuilder(probe).inheritIO().start().waitFor();
        } catch (IOException e) {
            exit = -1;
        }
        if (exit != 0) {
            String reason = "no mount namespaces here: " + String.join(" ", probe);
            if ("required".equals(System.getenv("HORIZON_NAMESPACES"))) {
                throw new AssertionError(reason);
            }
            Assumptions.abort(reason);
        }
    }

    /** What runs in the namespace. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path filler = folder.resolve("archive").resolve("filler");
        Map<String, String> settings = Map.of("capture.snapshot-seconds", "0");
        long tick;
        try (NodeProcess node = DemoNode.start(folder, settings)) {
            node.awaitTicks(20);
            fill(filler);
            await(() -> !node.live().tape().recording() && node.live().tape().pauses() > 0);
            tick = node.loop().metrics().tick();
            System.out.println("paused at " + tick + ": " + node.live().tape());
        }
        Files.delete(filler);
        try (NodeProcess node = DemoNode.start(folder, settings)) {
            node.awaitTicks(5);
            boolean isBetween = node.comebackTick() >= 20 && node.comebackTick() <= tick;
            System.out.println(
                    (isBetween ? "went on from " : "lost its way to ") + node.comebackTick());
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] page = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            // That is what was wanted.
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the node didn't pause");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
