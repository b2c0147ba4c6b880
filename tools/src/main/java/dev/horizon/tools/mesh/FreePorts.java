package dev.horizon.tools.mesh;

import dev.horizon.engine.plugin.HorizonException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Ports in a row that nobody has, neither of TCP nor of UDP. */
public final class FreePorts {
    private static final String FILE = "ports";
    private static final int ATTEMPTS_MAX = 100;

    /** Below those that the system gives out by itself. */
    private static final int LOW = 10_000;

    private static final int HIGH = 32_000;

    private FreePorts() {}

    /**
     * The first of some: the same for a folder at each start.
     *
     * @throws HorizonException HZ-MESH-041 when there are none
     */
    public static int inRow(Path folder, int count) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            return Integer.parseInt(Files.readString(file).strip());
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOW, HIGH - count);
            if (isFree(first, count)) {
                Files.createDirectories(folder);
                Files.writeString(file, first + "\n");
                return first;
            }
        }
        throw new HorizonException(
                "HZ-MESH-041",
                "no %d free ports in a row were found from %d to %d; name the first with --port"
                        .formatted(count, LOW, HIGH));
    }

    private static boolean isFree(int first, int count) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int port = first; port < first + count; port++) {
            try {
                new ServerSocket(port, 1, loopback).close();
                new DatagramSocket(port, loopback).close();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
