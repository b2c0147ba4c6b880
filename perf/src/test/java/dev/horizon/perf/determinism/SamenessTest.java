package dev.horizon.perf.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.perf.ChildProcess;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo star system with players, 1,000 ticks of 1,000 objects: equal bits, whatever runs it.
 */
class SamenessTest {
    private static final int TICKS = 1_000;
    private static final int OBJECTS = 1_000;
    private static final long SEED = 7;
    private static final long INTERPRETER_SECONDS_MAX = 600;

    @Test
    void shouldGiveSameHashesOnOneThreadOnTwoAndInterpreted(@TempDir Path folder) throws Exception {
        long[] expected = HashedRun.run(TICKS, OBJECTS, SEED, 1);

        assertThat(HashedRun.run(TICKS, OBJECTS, SEED, 2)).isEqualTo(expected);
        assertThat(interpreted(folder.resolve("interpreted"))).isEqualTo(expected);
    }

    @Test
    void shouldTellFromWhichTickOnRunsDiffer() {
        long[] run = HashedRun.run(20, OBJECTS, SEED, 1);
        long[] other = HashedRun.run(20, OBJECTS, SEED + 1, 1);
        long[] late = run.clone();
        late[12]++;

        assertThat(Sameness.equalTicks(run, run)).isEqualTo(20);
        assertThat(Sameness.equalTicks(run, late)).isEqualTo(12);
        assertThat(Sameness.equalTicks(run, other)).isZero();
        assertThat(run).doesNotHaveDuplicates();
    }

    private static long[] interpreted(Path file) throws Exception {
        ChildProcess.run(
                List.of("-Xint", "-XX:+UseSerialGC", "-Xmx512m"),
                HashedRun.class,
                List.of(
                        Integer.toString(TICKS),
                        Integer.toString(OBJECTS),
                        Long.toString(SEED),
                        "1",
                        file.toString()),
                INTERPRETER_SECONDS_MAX);
        long[] hashes = new long[TICKS];
        ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer().get(hashes);
        return hashes;
    }
}
