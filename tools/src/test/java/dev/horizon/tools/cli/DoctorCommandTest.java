package dev.horizon.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private final Console console = new Console();

    @TempDir Path folder;

    @Test
    void shouldExitWithEnvironmentWhenPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            assertThat(console.run("doctor", "--data-dir", folder.toString(), "--port", port))
                    .isEqualTo(ExitCode.ENVIRONMENT);

            assertThat(console.out())
                    .containsPattern("fail +port +127\\.0\\.0\\.1:" + port + " is taken")
                    .contains("--port 0");
        }
    }

    @Test
    void shouldSayThatDataFolderIsInUse() throws IOException {
        Path lock = folder.resolve("lock");
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();

            assertThat(console.run("doctor", "--data-dir", folder.toString(), "--port", "0"))
                    .isEqualTo(ExitCode.ENVIRONMENT);

            assertThat(console.out()).containsPattern("fail +data folder");
        }
    }

    @Test
    void shouldPrintJson() {
        console.run("doctor", "--data-dir", folder.toString(), "--port", "0", "--json");

        assertThat(console.out()).contains("\"check\" : \"java\"", "\"verdict\" : \"OK\"");
        assertThat(console.err()).isEmpty();
    }
}
