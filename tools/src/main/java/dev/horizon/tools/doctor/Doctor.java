package dev.horizon.tools.doctor;

import dev.horizon.net.streams.TransportKind;
import dev.horizon.net.streams.TransportSelfTest;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.config.NodeSettings;
import dev.horizon.tools.config.StreamSettings.Transport;
import java.util.ArrayList;
import java.util.List;

/** Judges a machine for a configuration. Pure: the same readings give the same report. */
public final class Doctor {
    private static final long MIB = 1 << 20;

    /** A node's heap, its off-heap view of profiles, and the operating system's page cache. */
    private static final long MEMORY_GOOD_BYTES = 3L << 30;

    /** Below this a node with the demo system starts to swap. */
    private static final long MEMORY_LEAST_BYTES = 1L << 30;

    /** Streams, logs and the Archive's buffers at their default sizes. */
    private static final long SHARED_MEMORY_BYTES = 256 * MIB;

    /** One per connection, beside some hundred of its own. */
    private static final long OPEN_FILES_GOOD = 16_384;

    /** Aeron's flow control wants two megabytes for multicast. */
    private static final long RECEIVE_BUFFER_BYTES = 2 * MIB;

    private final Machine machine;
    private final HorizonConfig config;
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(Machine machine, HorizonConfig config) {
        this.machine = machine;
        this.config = config;
    }

    /** All findings, in a fixed order. */
    public static List<Finding> examine(Machine machine, HorizonConfig config) {
        Doctor doctor = new Doctor(machine, config);
        doctor.java();
        doctor.computer();
        doctor.network();
        doctor.files();
        return List.copyOf(doctor.findings);
    }

    private void java() {
        if (machine.javaFeature() != 25) {
            add(
                    Finding.fail(
                            "java",
                            "Java " + machine.javaFeature(),
                            "set HORIZON_JAVA_HOME to a JDK 25"));
        } else if (!machine.javaCompiler()) {
            add(
                    Finding.fail(
                            "java",
                            "Java 25 without a compiler",
                            "set HORIZON_JAVA_HOME to a JDK, not a JRE: the profiles view compiles"
                                    + " code"));
        } else {
            add(Finding.ok("java", "JDK 25"));
        }
    }

    private void computer() {
        add(
                machine.cores() >= 2
                        ? Finding.ok("cores", machine.cores() + " cores")
                        : Finding.warn(
                                "cores",
                                "1 core",
                                "ticks wait for the driver and the gateway; give it two or more"));
        long memory = machine.memoryBytes();
        add(
                size(
                        "memory",
                        memory,
                        MEMORY_GOOD_BYTES,
                        MEMORY_LEAST_BYTES,
                        "free some, or lower HORIZON_HEAP and plugins.sol.ships"));
        long shared = machine.sharedMemoryBytes();
        add(
                shared >= SHARED_MEMORY_BYTES
                        ? Finding.ok("shared memory", mib(shared) + " free in /dev/shm")
                        : Finding.warn(
                                "shared memory",
                                (shared < 0 ? "no /dev/shm" : mib(shared) + " free in /dev/shm"),
                                "streams go to the temporary folder instead, which is slower;"
                                        + " in a container use --shm-size=512m"));
        add(
                machine.openFilesMax() < 0 || machine.openFilesMax() >= OPEN_FILES_GOOD
                        ? Finding.ok("open files", "at most " + machine.openFilesMax())
                        : Finding.warn(
                                "open files",
                                "at most " + machine.openFilesMax(),
                                "each player needs one: ulimit -n " + OPEN_FILES_GOOD));
    }

    private void network() {
        add(
                machine.loopback()
                        ? Finding.ok("loopback", "127.0.0.1 connects to itself")
                        : Finding.fail(
                                "loopback",
                                "127.0.0.1 does not connect to itself",
                                "bring it up: ip link set lo up"));
        streams();
        NodeSettings node = config.node();
        String address = node.bind() + ":" + node.port();
        add(
                switch (machine.port()) {
                    case FREE ->
                            Finding.ok(
                                    "port",
                                    node.port() == 0
                                            ? "a free one on " + node.bind()
                                            : address + " is free");
                    case TAKEN ->
                            Finding.fail(
                                    "port",
                                    address + " is taken",
                                    "stop what listens there (ss -ltnp), or choose another: --port"
                                            + " 0 takes a free one");
                    case REFUSED ->
                            Finding.fail(
                                    "port",
                                    "this machine may not listen on " + address,
                                    "set node.bind to one of its addresses, and a port above 1023");
                });
    }

    /** Each rung of the ladder: those that are configured must work, of the others one. */
    private void streams() {
        TransportSelfTest test = machine.streams();
        TransportKind wanted = config.streams().transport().kind();
        for (TransportKind kind : TransportKind.values()) {
            String check = Transport.name(kind);
            TransportSelfTest.Rung rung = test.rung(kind);
            if (rung.works()) {
                add(
                        kind == TransportKind.MULTICAST && hasSmallBuffers()
                                ? Finding.warn(
                                        check,
                                        rung.reason() + ", with small socket buffers",
                                        "sysctl -w net.core.rmem_max=" + RECEIVE_BUFFER_BYTES)
                                : Finding.ok(check, rung.reason()));
            } else if (kind == wanted || isNeeded(kind, test)) {
                add(Finding.fail(check, rung.reason(), advice(kind)));
            } else {
                add(Finding.warn(check, rung.reason(), advice(kind)));
            }
        }
    }

    private boolean hasSmallBuffers() {
        return machine.receiveBufferBytesMax() < RECEIVE_BUFFER_BYTES;
    }

    /** Shared memory by every node; of the rest the last, which everything else needs, too. */
    private static boolean isNeeded(TransportKind kind, TransportSelfTest test) {
        return kind == TransportKind.IPC
                || (kind == TransportKind.UNICAST && test.bestBetweenProcesses() == null);
    }

    private String advice(TransportKind kind) {
        String best = bestOther(kind);
        return switch (kind) {
            case IPC -> "nothing runs without: see 'shared memory' and 'memory' above";
            case MULTICAST ->
                    "set streams.network-interface to an interface that has multicast (ip link"
                            + " shows MULTICAST; now it is "
                            + config.streams().networkInterface()
                            + "), let the firewall pass 224.0.0.0/4"
                            + best;
            case MULTI_DESTINATION, UNICAST ->
                    "let the firewall pass UDP from port "
                            + config.streams().port()
                            + " on, and bring the loopback up"
                            + best;
        };
    }

    private String bestOther(TransportKind kind) {
        TransportKind best = machine.streams().bestBetweenProcesses();
        return best == null || best == kind
                ? ""
                : "; or use streams.transport = " + Transport.name(best) + ", which works";
    }

    private void files() {
        String folder = config.node().dataDir().toString();
        add(
                switch (machine.dataDir()) {
                    case ABSENT -> Finding.ok("data folder", folder + " will be made");
                    case FREE -> Finding.ok("data folder", folder + " is not in use");
                    case LOCKED ->
                            Finding.fail(
                                    "data folder",
                                    folder + " is used by a running node",
                                    "stop that node, or choose another with --data-dir");
                    case UNWRITABLE ->
                            Finding.fail(
                                    "data folder",
                                    folder + " can't be written",
                                    "change its owner, or choose another with --data-dir");
                });
        add(
                size(
                        "disk",
                        machine.diskBytes(),
                        config.capture().keepMegabytes() * MIB + 512 * MIB,
                        512 * MIB,
                        "free some, or lower capture.keep-megabytes"));
        add(
                machine.pluginJars() > 0
                        ? Finding.ok("plugins", machine.pluginJars() + " jars")
                        : Finding.warn(
                                "plugins",
                                "no jars in the plugin folder",
                                "the star system stays empty; set node.plugin-dir"));
        add(
                machine.browser().isEmpty()
                        ? Finding.warn(
                                "browser",
                                "no Chromium",
                                "needed by the pages' tests alone: apt-get install chromium")
                        : Finding.ok("browser", machine.browser()));
    }

    private static Finding size(String check, long found, long good, long least, String advice) {
        String detail = found < 0 ? "unknown" : mib(found) + " free";
        if (found < 0 || found >= good) {
            return Finding.ok(check, detail);
        }
        return found >= least
                ? Finding.warn(check, detail, advice)
                : Finding.fail(check, detail, advice);
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }

    private void add(Finding finding) {
        findings.add(finding);
    }
}
