package dev.horizon.net.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.session.PongDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One binary WebSocket message of a server: times (length in two bytes, a message of that length).
 */
final class Bundle {
    private static final String MALFORMED = "HZ-REP-001";
    private static final int LENGTH_BYTES = 2;
    private static final int HEADER_BYTES = 8;

    private Bundle() {}

    /**
     * Calls with each message that isn't of the session schema, header included.
     *
     * @throws HorizonException HZ-REP-001 when lengths aren't what they claim; what stood before is
     *     delivered
     */
    static void split(DirectBuffer buffer, int length, HorizonClient.BinaryHandler to) {
        UnsafeBuffer message = new UnsafeBuffer(0, 0);
        int at = 0;
        while (at < length) {
            if (length - at < LENGTH_BYTES) {
                throw malformed("it ends within a length");
            }
            int bytes = u16(buffer, at);
            at += LENGTH_BYTES;
            if (bytes > length - at) {
                throw malformed("a message of " + bytes + " bytes has " + (length - at));
            }
            deliver(buffer, at, bytes, message, to);
            at += bytes;
        }
    }

    /** Messages of the session schema are for another's ears. */
    private static void deliver(
            DirectBuffer buffer,
            int at,
            int bytes,
            UnsafeBuffer message,
            HorizonClient.BinaryHandler to) {
        if (bytes < HEADER_BYTES || u16(buffer, at + 4) != PongDecoder.SCHEMA_ID) {
            message.wrap(buffer, at, bytes);
            to.onMessage(message, bytes);
        }
    }

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
    }

    private static HorizonException malformed(String what) {
        return new HorizonException(
                MALFORMED, "bundle of messages refused: " + what + "; the sender is at fault");
    }
}
