package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.tools.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code horizon up} as a process: how it ends, and what it leaves. */
class UpTest {
    private static final int SECONDS_MAX = 180;
    private static final int TERMINATED = 128 + 15;

    /** What a start has made when a signal comes. */
    private enum Stage {
        DRIVER,
        ARCHIVE,
        TICKET_KEY
    }

    @TempDir Path folder;
    private Path data;

    @BeforeEach
    void prepare() throws IOException {
        data = folder.resolve("data");
        Files.createDirectory(folder.resolve("plugins"));
    }

    @Test
    void shouldEndByItselfAfterTicks() throws Exception {
        Process node = start("--ticks", "5");
        assertThat(node.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
        assertThat(Files.readString(output())).contains("is up after");
        assertThat(sharedMemory(node)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingWhenSignalComesDuringStart(Stage stage) throws Exception {
        Process node = start();
        await(() -> has(stage, node) || !node.isAlive());
        assertThat(node.isAlive()).isTrue();
        node.destroy();
        assertThat(node.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(Files.readString(output())).isEqualTo(TERMINATED);
        assertThat(sharedMemory(node)).isEmpty();
    }

    private boolean has(Stage stage, Process node) {
        return switch (stage) {
            case DRIVER -> !sharedMemory(node).isEmpty();
            case ARCHIVE -> Files.exists(data.resolve("archive"));
            case TICKET_KEY -> Files.exists(data.resolve("ticket.key"));
        };
    }

    private Process start(String... more) throws IOException {
        List<String> command = ChildJvm.command();
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Horizon.class.getName(), "up", "--port", "0"));
        command.addAll(List.of("--data-dir", data.toString()));
        command.addAll(List.of("--plugin-dir", folder.resolve("plugins").toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return folder.resolve("output");
    }

    /** The driver's folders of that process, by the number in their names. */
    private static List<Path> sharedMemory(Process node) {
        List<Path> found = new ArrayList<>();
        for (Path place :
                List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> all = Files.list(place)) {
                    all.filter(path -> path.toString().contains("-driver-" + node.pid() + "-"))
                            .forEach(found::add);
                } catch (IOException e) {
                    throw new IllegalStateException("can't list " + place, e);
                }
            }
        }
        return found;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
