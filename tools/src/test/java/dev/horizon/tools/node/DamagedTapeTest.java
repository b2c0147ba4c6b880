package dev.horizon.tools.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.plugin.Plugin;
import dev.horizon.engine.systems.Access;
import dev.horizon.engine.systems.Stage;
import dev.horizon.engine.systems.SystemSpec;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.net.archive.SnapshotFile;
import dev.horizon.net.archive.TapeFile;
import dev.horizon.tools.ChildJvm;
import dev.horizon.tools.pages.DemoNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a node does that starts on the folder of one that was killed, and which was damaged then.
 */
class DamagedTapeTest {
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "plugins.sol.ships",
                    "20",
                    "plugins.sol.objects",
                    "40",
                    "capture.snapshot-seconds",
                    "2");

    /** Beyond the second snapshot, and some. */
    private static final int TICKS = 95;

    private static final int FRAME_HEADER_BYTES = 32;

    /** Rebuilt from the journal where it isn't there. */
    private static final String VIEW = "profiles.view";

    @TempDir static Path folder;

    @TempDir Path copy;

    @BeforeAll
    static void kill() throws Exception {
        List<String> command = ChildJvm.command();
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(DamagedTapeTest.class.getName(), folder.toString()));
        Process node =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            String memory = out.readLine();
            assertThat(memory).isNotNull();
            node.destroyForcibly().waitFor();
            // It has no next life that would clear up behind it.
            IoUtil.delete(Path.of(memory).toFile(), true);
        }
    }

    /** A node that says where its memory is once it has ticked, and goes on until it is killed. */
    public static void main(String[] args) throws InterruptedException {
        try (NodeProcess node = DemoNode.startWith(drift(1), Path.of(args[0]), SETTINGS, false)) {
            node.awaitTicks(TICKS);
            System.out.println(node.sharedMemory());
            node.awaitEnd();
        }
    }

    private static Plugin drift(int step) {
        return registrar ->
                registrar.system(
                        SystemSpec.of(
                                "drift",
                                Stage.UPKEEP,
                                Access.none().writing(PositionColumn.TYPE),
                                (rows, tick) -> {
                                    double[] x = rows.write(PositionColumn.TYPE).x;
                                    for (int i = rows.from(); i < rows.to(); i++) {
                                        x[i] += step;
                                    }
                                }));
    }

    @Test
    void shouldGoOnBeforeARecordThatTheKillTore() throws Exception {
        copy();
        TapeFile tape = tape();
        Path last = tape.segments().getLast();
        long end = end(last);
        try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(40), end - 40);
        }
        try (NodeProcess node = start(1)) {
            assertThat(node.comebackTick()).isGreaterThanOrEqualTo(TICKS - 2L);
            assertThat(node.ticksRunAgain()).isPositive();
            node.awaitTicks(2);
        }
    }

    @Test
    void shouldRefuseToGoOnBehindAFlippedBit() throws Exception {
        copy();
        TapeFile tape = tape();
        long behind = tape.snapshots().getLast().load().position();
        flip(tape.segments().getFirst(), behind + FRAME_HEADER_BYTES + 12);
        assertRefused(
                "HZ-TAPE-005", tape.segments().getFirst() + " is damaged at byte " + behind + ",");
    }

    @Test
    void shouldGoOnFromAnOlderSnapshotWhereTheLastIsDamaged() throws Exception {
        copy();
        TapeFile tape = tape();
        SnapshotFile before = tape.snapshots().reversed().get(1);
        flip(tape.snapshots().getLast().path(), 3_000);
        try (NodeProcess node = start(1)) {
            assertThat(node.comebackTick()).isGreaterThanOrEqualTo(TICKS - 1L);
            assertThat(node.comebackTick() - node.ticksRunAgain()).isEqualTo(before.tick());
            node.awaitTicks(2);
        }
    }

    @Test
    void shouldRefuseToGoOnWithoutItsSegment() throws Exception {
        copy();
        Path segment = tape().segments().getFirst();
        Files.delete(segment);
        assertRefused("HZ-TAPE-013", segment.getFileName().toString());
    }

    @Test
    void shouldRefuseToGoOnWithCodeThatComesToSomethingElse() throws Exception {
        copy();
        assertThatThrownBy(() -> start(2).close())
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo("HZ-TAPE-016"))
                .hasMessageContaining("Position");
        try (NodeProcess node = start(1)) {
            assertThat(node.comebackTick()).as("nothing is lost").isGreaterThanOrEqualTo(TICKS - 1);
            node.awaitTicks(1);
        }
    }

    @Test
    void shouldBeginAnewWhereItIsToldToAndKeepTheOldTape() throws Exception {
        copy();
        try (NodeProcess node = DemoNode.startWith(drift(2), copy, SETTINGS, true)) {
            assertThat(node.comebackTick()).isZero();
            node.awaitTicks(2);
        }
        assertThat(TapeFile.list(copy)).hasSize(2);
    }

    private void assertRefused(String code, String how) {
        assertThatThrownBy(() -> start(1).close())
                .isInstanceOfSatisfying(
                        HorizonException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(how);
    }

    private NodeProcess start(int step) {
        return DemoNode.startWith(drift(step), copy, SETTINGS, false);
    }

    private TapeFile tape() {
        return TapeFile.list(copy).getLast();
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(folder.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (!file.getFileName().toString().startsWith(VIEW)) {
                    Files.copy(file, to);
                }
            }
        }
    }

    /** Behind the last byte that was written. */
    private static long end(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static void flip(Path path, long at) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(1);
            file.read(bytes, at);
            bytes.put(0, (byte) (bytes.get(0) ^ 1)).rewind();
            file.write(bytes, at);
        }
    }
}
