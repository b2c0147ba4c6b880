package dev.horizon.net.edge;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * What a far channel said since its last keyframe, that too: whoever begins with it now is told the
 * same, and the node needs no keyframe for it that all others would get as well. It ends when it is
 * long against its keyframe, and so costs nothing while nobody joins.
 */
final class EdgeTape {
    /** Of the keyframe's length, all together. */
    private static final int KEYFRAMES_MAX = 3;

    private static final int BYTES_MIN = 1 << 10;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;
    private int most;

    /** A keyframe came. */
    void begin(DirectBuffer buffer, int offset, int frameLength) {
        length = 0;
        most = Math.max(BYTES_MIN, KEYFRAMES_MAX * frameLength);
        put(buffer, offset, frameLength);
    }

    /** A frame came that follows on the last. */
    void add(DirectBuffer buffer, int offset, int frameLength) {
        if (length == 0) {
            return;
        }
        if (length + Short.BYTES + frameLength > most) {
            end();
        } else {
            put(buffer, offset, frameLength);
        }
    }

    /** What follows can't be told. */
    void end() {
        bytes = NOTHING;
        length = 0;
    }

    private void put(DirectBuffer buffer, int offset, int frameLength) {
        int needed = length + Short.BYTES + frameLength;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, length == 0 ? needed : Math.min(most, needed * 3 / 2));
        }
        LittleEndian.putShort(bytes, length, frameLength);
        buffer.getBytes(offset, bytes, length + Short.BYTES, frameLength);
        length = needed;
    }

    /** Entries of a bundle; 0 where there is nothing to begin with. */
    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }
}
