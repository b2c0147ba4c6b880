package dev.horizon.net.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedDirectoryTest {
    @TempDir private Path memory;

    @Test
    void shouldRemoveWhatAKilledProcessLeftAndNothingElse() throws IOException {
        Path forsaken = Files.createDirectory(memory.resolve("horizon-lines-1-a"));
        Files.createFile(forsaken.resolve("cnc.dat"));
        Path lock = Files.createFile(memory.resolve("horizon-lines-1-a.lock"));
        Path other = Files.createDirectory(memory.resolve("horizon-lines-of-somebody"));
        try (LockedDirectory first = LockedDirectory.reserve(memory)) {
            assertThat(forsaken).doesNotExist();
            assertThat(lock).doesNotExist();
            assertThat(other).as("without a lock it is none of ours").exists();
            Files.createDirectory(first.path());
            try (LockedDirectory second = LockedDirectory.reserve(memory)) {
                assertThat(second.path()).isNotEqualTo(first.path());
                assertThat(first.path()).as("it is in use").exists();
            }
        }
        try (var left = Files.list(memory)) {
            assertThat(left).containsExactly(other);
        }
    }
}
