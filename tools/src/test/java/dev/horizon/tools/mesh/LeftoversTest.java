package dev.horizon.tools.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir Path folder;

    @Test
    void shouldEndWhatAKilledMeshLeft() throws Exception {
        Process left = new ProcessBuilder("sleep", "600").start();
        Leftovers leftovers = new Leftovers(folder);
        leftovers.note("sol-1", left.toHandle());
        assertThat(leftovers.end()).containsExactly("sol-1");
        assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(leftovers.end()).isEmpty();
    }

    @Test
    void shouldLetAnotherProcessWithTheSameNumberLive() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            long start = other.toHandle().info().startInstant().orElseThrow().toEpochMilli();
            Files.writeString(
                    folder.resolve("sol-1.pid"), other.pid() + " " + (start - 60_000) + "\n");
            assertThat(new Leftovers(folder).end()).isEmpty();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }
}
