package dev.horizon.net.driver;

import io.aeron.archive.checksum.Checksum;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells a whole record from a torn one. Aeron's own checksums open a package of the JDK that this
 * process doesn't; against tearing (not malice) a word-wise multiplicative hash is as good. Its
 * value stands in recordings: another function needs another format of the data directory.
 */
public final class RecordChecksum implements Checksum {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** For the Archive's tools, which make it by name. */
    public RecordChecksum() {}

    @Override
    public int compute(long address, int offset, int length) {
        UnsafeBuffer bytes = new UnsafeBuffer(address + offset, length);
        long hash = length * MULTIPLIER;
        int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            hash = Long.rotateLeft(hash ^ bytes.getLong(i), 29) * MULTIPLIER;
        }
        for (int i = words; i < length; i++) {
            hash = Long.rotateLeft(hash ^ bytes.getByte(i), 29) * MULTIPLIER;
        }
        return (int) (hash ^ (hash >>> Integer.SIZE));
    }
}
