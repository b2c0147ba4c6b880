package dev.horizon.net.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.ChildProcess;
import dev.horizon.net.TestDriver;
import io.aeron.archive.client.AeronArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDriverTest {
    @TempDir Path directory;

    private DriverConfig config() {
        return TestDriver.config(directory);
    }

    @Test
    void shouldLeaveNothingInSharedMemoryAndCountItsLives() {
        Path shared;
        try (EmbeddedDriver driver = EmbeddedDriver.start(config())) {
            shared = driver.driverDirectory();
            assertThat(shared).isDirectory();
            assertThat(driver.incarnation()).isEqualTo(1);
        }
        assertThat(shared).doesNotExist();
        try (EmbeddedDriver driver = EmbeddedDriver.start(config())) {
            assertThat(driver.incarnation()).isEqualTo(2);
            assertThat(driver.driverDirectory()).isNotEqualTo(shared);
        }
    }

    /**
     * Pings that it doesn't read fill the stream to it within minutes, and the Archive leaves it.
     */
    @Test
    void shouldNotPingAClientThatAsksNothing() throws Exception {
        try (EmbeddedDriver driver = EmbeddedDriver.start(config())) {
            AeronArchive archive = driver.archive();
            assertThat(archive.findLastMatchingRecording(0, "none", 1, 1)).isEqualTo(-1);
            TimeUnit.MILLISECONDS.sleep(2_500);
            int heard = archive.controlResponsePoller().subscription().poll((b, o, l, h) -> {}, 10);
            assertThat(heard).isZero();
        }
    }

    @Test
    void shouldRefuseASecondDriverOfTheSameProcess() {
        try (EmbeddedDriver driver = EmbeddedDriver.start(config())) {
            assertCode("HZ-ENV-011", config());
            assertThat(driver.aeron().isClosed()).isFalse();
            // The failed attempt must not have dropped the process's lock.
            assertCode("HZ-ENV-011", config());
        }
    }

    @Test
    void shouldRefuseTheDirectoryOfALiveProcessAndCleanUpAfterAKilledOne() throws Exception {
        try (ChildProcess child = ChildProcess.start(DriverChild.class, data().toString())) {
            Path shared = Path.of(child.readLine());
            assertThat(shared).isDirectory();
            assertThatThrownBy(() -> EmbeddedDriver.start(config()))
                    .hasMessageContaining("process " + child.pid())
                    .extracting(e -> ((HorizonException) e).code())
                    .isEqualTo("HZ-ENV-011");
            child.kill();
            assertThat(shared).isDirectory();
            try (EmbeddedDriver driver = EmbeddedDriver.start(config())) {
                assertThat(shared).doesNotExist();
                assertThat(driver.incarnation()).isEqualTo(2);
            }
        }
    }

    @Test
    void shouldCleanUpWhenTheVirtualMachineEndsByItself() throws Exception {
        try (ChildProcess child = ChildProcess.start(DriverChild.class, data().toString())) {
            Path shared = Path.of(child.readLine());
            child.endByInput();
            assertThat(child.exitCode()).isZero();
            assertThat(shared).doesNotExist();
        }
    }

    @Test
    void shouldSayWhatIsMissingWhenNoSharedMemoryHasRoom() {
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() ->
                        EmbeddedDriver.start(config().withMemoryDirectories(List.of(nowhere))))
                .hasMessageContaining(nowhere + " can't be written")
                .hasMessageContaining("--shm-size")
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo("HZ-ENV-010");
        // The failed start gave the directory back.
        EmbeddedDriver.start(config()).close();
    }

    @Test
    void shouldTakeTheFirstDirectoryWithRoom() {
        Path small = Path.of("/small");
        Path large = Path.of("/large");
        assertThat(
                        SharedMemory.choose(
                                List.of(small, large),
                                64 << 20,
                                path -> path.equals(small) ? 63 << 20 : 64 << 20))
                .isEqualTo(large);
        assertThatThrownBy(
                        () -> SharedMemory.choose(List.of(small, large), 64 << 20, path -> 1 << 20))
                .hasMessageContaining("needs 64 MiB, but /small has 1 MiB, /large has 1 MiB");
    }

    @Test
    void shouldRefuseToGiveEntityIdsTwice() throws IOException {
        EmbeddedDriver.start(config()).close();
        Path file = data().resolve("incarnation");
        Files.writeString(file, "many");
        assertCode("HZ-ENV-014", config());
        Files.delete(file);
        assertCode("HZ-ENV-014", config());
        Files.writeString(file, Integer.toString(Incarnations.INCARNATION_MAX));
        assertCode("HZ-ENV-014", config());
        Files.writeString(file, "41");
        try (EmbeddedDriver driver = EmbeddedDriver.start(config())) {
            assertThat(driver.incarnation()).isEqualTo(42);
        }
    }

    @Test
    void shouldSayWhenTheDataDirectoryCantBeMade() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertCode("HZ-ENV-012", DriverConfig.at(file.resolve("data")));
    }

    @Test
    void shouldTouchNothingThatIsNotItsOwn() throws IOException {
        Path precious = Files.createDirectory(directory.resolve("precious"));
        Files.createDirectories(data());
        Files.writeString(data().resolve("driver-directories"), precious + "\n../x\n");
        EmbeddedDriver.start(config()).close();
        assertThat(precious).isDirectory();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static void assertCode(String code, DriverConfig config) {
        assertThatThrownBy(() -> EmbeddedDriver.start(config))
                .isInstanceOf(HorizonException.class)
                .extracting(e -> ((HorizonException) e).code())
                .isEqualTo(code);
    }
}
