package dev.horizon.tools.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.driver.DriverConfig;
import dev.horizon.net.driver.EmbeddedDriver;
import dev.horizon.net.streams.TransportSelfTest;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.PluginFolder;
import dev.horizon.tools.doctor.Machine.DataDirState;
import dev.horizon.tools.doctor.Machine.PortState;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.agrona.IoUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures this machine; changes nothing on it. */
public final class Survey {
    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);
    private static final int CONNECT_MILLIS_MAX = 1_000;
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private Survey() {}

    /** All readings that a node with this configuration depends on. */
    public static Machine take(HorizonConfig config) {
        return new Machine(
                Runtime.version().feature(),
                ToolProvider.getSystemJavaCompiler() != null,
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(),
                freeBytes(Path.of("/dev/shm")),
                openFilesMax(),
                number(Path.of("/proc/sys/net/core/rmem_max")),
                loopback(),
                streams(config),
                port(config.node().bind(), config.node().port()),
                dataDir(config.node().dataDir()),
                freeBytes(existing(config.node().dataDir())),
                PluginFolder.jars(config.node()).size(),
                browser());
    }

    /** The first Chromium on the path, or empty. */
    public static String browser() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            for (String name : BROWSERS) {
                Path candidate = Path.of(folder, name);
                if (Files.isExecutable(candidate)) {
                    return candidate.toString();
                }
            }
        }
        return "";
    }

    /** By a driver of its own, as a node has it. */
    private static TransportSelfTest streams(HorizonConfig config) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("horizon-doctor");
            DriverConfig driver = DriverConfig.at(folder).withoutShutdownHook().withoutArchive();
            try (EmbeddedDriver embedded = EmbeddedDriver.start(driver)) {
                return TransportSelfTest.run(embedded.aeron(), config.streams().networkInterface());
            }
        } catch (IOException | HorizonException e) {
            LOG.debug("No media driver here", e);
            return TransportSelfTest.none("no media driver starts here: " + e.getMessage());
        } finally {
            if (folder != null) {
                IoUtil.delete(folder.toFile(), true);
            }
        }
    }

    private static long memoryBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            LOG.debug("No /proc/meminfo here", e);
            return -1;
        }
    }

    private static long openFilesMax() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : -1;
    }

    private static long freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            LOG.debug("No file store at {}", folder, e);
            return -1;
        }
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            LOG.debug("No number in {}", file, e);
            return -1;
        }
    }

    private static boolean loopback() {
        InetAddress local = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 1, local);
                Socket client = new Socket()) {
            client.connect(server.getLocalSocketAddress(), CONNECT_MILLIS_MAX);
            return true;
        } catch (IOException e) {
            LOG.debug("Loopback does not connect", e);
            return false;
        }
    }

    private static PortState port(String bind, int port) {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(bind, port));
            return PortState.FREE;
        } catch (BindException e) {
            boolean taken = String.valueOf(e.getMessage()).contains("in use");
            return taken ? PortState.TAKEN : PortState.REFUSED;
        } catch (IOException e) {
            LOG.debug("Cannot listen on {}:{}", bind, port, e);
            return PortState.REFUSED;
        }
    }

    private static DataDirState dataDir(Path folder) {
        if (!Files.exists(folder)) {
            return Files.isWritable(existing(folder))
                    ? DataDirState.ABSENT
                    : DataDirState.UNWRITABLE;
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return DataDirState.UNWRITABLE;
        }
        Path lock = folder.resolve("lock");
        if (!Files.exists(lock)) {
            return DataDirState.FREE;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held == null ? DataDirState.LOCKED : DataDirState.FREE;
        } catch (OverlappingFileLockException e) {
            LOG.debug("This very process holds {}", lock, e);
            return DataDirState.LOCKED;
        } catch (IOException e) {
            LOG.debug("Cannot open {}", lock, e);
            return DataDirState.UNWRITABLE;
        }
    }

    /** The nearest folder above that exists: where a new one would be made. */
    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }
}
