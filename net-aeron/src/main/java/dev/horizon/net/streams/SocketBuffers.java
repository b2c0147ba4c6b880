package dev.horizon.net.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long a socket's buffers may be: more is asked for only where the system gives it. */
final class SocketBuffers {
    private static final Path RECEIVE_MAX = Path.of("/proc/sys/net/core/rmem_max");

    private SocketBuffers() {}

    /** Bytes; 0 where it isn't known. */
    static long receiveBytesMax() {
        try {
            return Files.isReadable(RECEIVE_MAX)
                    ? Long.parseLong(Files.readString(RECEIVE_MAX).strip())
                    : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
