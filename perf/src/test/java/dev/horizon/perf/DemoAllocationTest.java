package dev.horizon.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's tick allocates nothing once buffers have grown: events, systems, apply, stamp, locate,
 * encode, hash. Interpreted, because then every {@code new} shows, also what a compiler would have
 * removed, and nothing depends on when it compiles.
 */
class DemoAllocationTest {
    private static final int OBJECTS = 1_000;
    private static final int WARM_UP_TICKS = 300;
    private static final int TICKS = 500;
    private static final long SECONDS_MAX = 300;

    /** A table or a buffer of something rare may double in a run: not more often than this. */
    private static final int GROWING_TICKS_MAX = 2;

    @Test
    void shouldAllocateNothingInTicksOfTheDemo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("allocated");
        ChildProcess.run(
                List.of("-Xint", "-XX:+UseSerialGC", "-Xmx512m"),
                AllocatedRun.class,
                List.of(
                        Integer.toString(OBJECTS),
                        Integer.toString(WARM_UP_TICKS),
                        Integer.toString(TICKS),
                        file.toString()),
                SECONDS_MAX);
        long[] bytes = new long[TICKS];
        ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer().get(bytes);
        int allocating = 0;
        StringBuilder where = new StringBuilder();
        for (int tick = 0; tick < TICKS; tick++) {
            if (bytes[tick] != 0) {
                allocating++;
                where.append(" tick ").append(tick).append(": ").append(bytes[tick]).append(" B");
            }
        }
        assertThat(allocating)
                .as("ticks that allocate, of %d:%s", TICKS, where)
                .isLessThanOrEqualTo(GROWING_TICKS_MAX);
    }
}
