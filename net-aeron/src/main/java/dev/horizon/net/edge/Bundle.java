package dev.horizon.net.edge;

import java.util.Arrays;

/** The bytes of one client's bundle, grown as needed and used again. */
final class Bundle {
    private static final int BYTES_FIRST = 64 << 10;

    byte[] bytes = new byte[BYTES_FIRST];
    int length;

    /** Makes room for some bytes at the end. */
    byte[] ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        return bytes;
    }
}
