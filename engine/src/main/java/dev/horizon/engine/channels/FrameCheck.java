package dev.horizon.engine.channels;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.replication.BeaconDecoder;
import dev.horizon.schemas.replication.ForgetDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.GlanceDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import dev.horizon.schemas.replication.ViewDecoder;
import org.agrona.DirectBuffer;

/**
 * Makes sure that a message's lengths are what they claim, so that decoding it can neither run over
 * its end nor ask for more memory than it is long.
 */
public final class FrameCheck {
    /** Bit of a frame's flags: some of what leaves is hidden, and nobody is told of it any more. */
    public static final int HIDES = 4;

    /** The form of what came is wrong: cut short, garbage, or not ours. */
    static final String MALFORMED = "HZ-REP-001";

    /** The form is right, but it speaks of what the receiver doesn't hold. */
    static final String INCONSISTENT = "HZ-REP-002";

    /** It would make the receiver hold more than its bounds. */
    static final String TOO_MUCH = "HZ-REP-003";

    /** Before it, frames had no groups of corrections: nothing of such a sender can be read. */
    private static final int VERSION_MIN = 1;

    // The least lengths are those of the oldest version: what a later one added is optional.
    private static final int FRAME_BYTES = 28;
    private static final int[] GROUP_BYTES = {3, 24, 5, 14, 8, 14, 20, 38, 12, 4};
    private static final int VIEW_BYTES = 13;
    private static final int VIEW_BYTES_MORE = 37;
    private static final int ORIGIN_SINCE = 3;
    private static final int[] VIEW_GROUP_BYTES = {3, 27, 66, 5, 14, 16, 12, 4};
    private static final int BEACON_BYTES = 8;
    private static final int BEACON_CHANNEL_BYTES = 12;
    private static final int FORGET_BYTES = 16;
    private static final int RECUT_VERSION_MIN = 3;
    private static final int RECUT_BYTES = 40;
    private static final int RECUT_ROW_BYTES = 5;
    private static final int COMPONENTS_BYTES = 4;
    private static final int FLIGHTS_SINCE = 4;

    /** A step of a Glance that names no handle. */
    private static final int SKIP = 255;

    private static final int[] FLIGHT_BYTES = {11, 56};
    private static final int[] VIEW_FLIGHT_BYTES = {11, 60};
    private static final int[] GLANCE_FLIGHT_BYTES = {6, 4, 8, 10, 33};
    private static final int PATCH_BYTES = 3;
    private static final int GLANCE_BYTES = 4;
    private static final int[] GLANCE_GROUP_BYTES = {3, 9, 17, 9};

    private FrameCheck() {}

    /**
     * Checks one message of the replication schema from a node. Pure; allocates nothing.
     *
     * @return its template id; one that isn't known here is not looked into
     * @throws HorizonException HZ-REP-001 when a length isn't what it claims
     */
    public static int check(DirectBuffer buffer, int offset, int length) {
        if (offset < 0 || length < 0 || offset > buffer.capacity() - length) {
            throw malformed("a message of " + length + " bytes outside its buffer");
        }
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            throw malformed("a message of " + length + " bytes is shorter than its header");
        }
        int blockLength = u16(buffer, offset);
        int template = u16(buffer, offset + 2);
        int schema = u16(buffer, offset + 4);
        int end = offset + length;
        int at = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        if (schema != FrameDecoder.SCHEMA_ID) {
            throw malformed("schema " + schema + " is not replication");
        }
        int version = u16(buffer, offset + 6);
        if (version < VERSION_MIN) {
            throw malformed("its schema's version " + version + " is older than can be read");
        }
        switch (template) {
            case FrameDecoder.TEMPLATE_ID -> {
                at = block(at, blockLength, FRAME_BYTES, end);
                for (int least : GROUP_BYTES) {
                    at = group(buffer, at, least, end);
                }
                flights(buffer, components(buffer, at, end), FLIGHT_BYTES, version, end);
            }
            case BeaconDecoder.TEMPLATE_ID -> {
                at = block(at, blockLength, BEACON_BYTES, end);
                group(buffer, at, BEACON_CHANNEL_BYTES, end);
            }
            case RecutDecoder.TEMPLATE_ID -> {
                if (version < RECUT_VERSION_MIN) {
                    throw malformed("version " + version + " has no such message");
                }
                at = block(at, blockLength, RECUT_BYTES, end);
                group(buffer, at, RECUT_ROW_BYTES, end);
            }
            case ForgetDecoder.TEMPLATE_ID -> block(at, blockLength, FORGET_BYTES, end);
            case GlanceDecoder.TEMPLATE_ID -> {
                at = block(at, blockLength, GLANCE_BYTES, end);
                for (int least : GLANCE_GROUP_BYTES) {
                    at = briefGroup(buffer, at, least, end);
                }
                at = briefComponents(buffer, at, end);
                for (int i = 0; version >= FLIGHTS_SINCE && i < GLANCE_FLIGHT_BYTES.length; i++) {
                    at = briefGroup(buffer, at, GLANCE_FLIGHT_BYTES[i], end);
                }
                if (version >= FLIGHTS_SINCE) {
                    patches(buffer, at, end);
                }
            }
            case ViewDecoder.TEMPLATE_ID -> {
                at =
                        block(
                                at,
                                blockLength,
                                version < ORIGIN_SINCE ? VIEW_BYTES : VIEW_BYTES_MORE,
                                end);
                for (int least : VIEW_GROUP_BYTES) {
                    at = group(buffer, at, least, end);
                }
                flights(buffer, components(buffer, at, end), VIEW_FLIGHT_BYTES, version, end);
            }
            // The message's length is known from outside it, so that a later version's is stepped
            // over.
            default -> block(at, blockLength, 0, end);
        }
        return template;
    }

    static HorizonException malformed(String what) {
        return new HorizonException(
                MALFORMED, "replication message refused: " + what + "; the sender is at fault");
    }

    static HorizonException inconsistent(long channelId, String what) {
        return new HorizonException(
                INCONSISTENT,
                "frame of channel "
                        + ChannelId.text(channelId)
                        + " refused: "
                        + what
                        + "; a keyframe was asked for");
    }

    private static int block(int at, int length, int least, int end) {
        if (length < least || length > end - at) {
            throw malformed("its fixed fields claim " + length + " bytes");
        }
        return at + length;
    }

    private static int group(DirectBuffer buffer, int at, int least, int end) {
        if (end - at < 4) {
            throw malformed("it ends before its last group");
        }
        int length = u16(buffer, at);
        int count = u16(buffer, at + 2);
        if (length < least || (long) length * count > end - at - 4) {
            throw malformed("a group claims " + count + " entries of " + length + " bytes");
        }
        return at + 4 + length * count;
    }

    private static void flights(DirectBuffer buffer, int start, int[] least, int version, int end) {
        int at = start;
        for (int i = 0; version >= FLIGHTS_SINCE && i < least.length; i++) {
            at = group(buffer, at, least[i], end);
        }
    }

    static boolean isFinite(double[] numbers) {
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    private static int components(DirectBuffer buffer, int start, int end) {
        if (end - start < 4) {
            throw malformed("it ends before its components");
        }
        int length = u16(buffer, start);
        int count = u16(buffer, start + 2);
        int at = start + 4;
        if (length < COMPONENTS_BYTES) {
            throw malformed("a component's entry claims " + length + " bytes");
        }
        for (int i = 0; i < count; i++) {
            if (end - at < length + 4) {
                throw malformed("it ends within a component's entry");
            }
            int rowBytes = u16(buffer, at + 2);
            int bytes = buffer.getInt(at + length, LITTLE_ENDIAN);
            at += length + 4;
            if (bytes < 0 || bytes > end - at || bytes % (rowBytes + 2) != 0) {
                throw malformed("a component claims " + bytes + " bytes of rows");
            }
            at += bytes;
        }
        return at;
    }

    private static int briefGroup(DirectBuffer buffer, int at, int least, int end) {
        if (end - at < 2) {
            throw malformed("it ends before its last group");
        }
        int length = buffer.getByte(at) & 0xFF;
        int count = buffer.getByte(at + 1) & 0xFF;
        if (length < least || length * count > end - at - 2) {
            throw malformed("a group claims " + count + " entries of " + length + " bytes");
        }
        return at + 2 + length * count;
    }

    private static int briefComponents(DirectBuffer buffer, int start, int end) {
        if (end - start < 2) {
            throw malformed("it ends before its components");
        }
        int length = buffer.getByte(start) & 0xFF;
        int count = buffer.getByte(start + 1) & 0xFF;
        int at = start + 2;
        if (length < COMPONENTS_BYTES) {
            throw malformed("a component's entry claims " + length + " bytes");
        }
        for (int i = 0; i < count; i++) {
            if (end - at < length + 2) {
                throw malformed("it ends within a component's entry");
            }
            int rowBytes = u16(buffer, at + 2);
            int bytes = u16(buffer, at + length);
            at += length + 2;
            if (bytes > end - at || bytes % (rowBytes + 1) != 0) {
                throw malformed("a component claims " + bytes + " bytes of rows");
            }
            at += bytes;
        }
        return at;
    }

    private static void patches(DirectBuffer buffer, int start, int end) {
        if (end - start < 2) {
            throw malformed("it ends before its patches");
        }
        int length = buffer.getByte(start) & 0xFF;
        int count = buffer.getByte(start + 1) & 0xFF;
        int at = start + 2;
        if (length < PATCH_BYTES) {
            throw malformed("a patch's entry claims " + length + " bytes");
        }
        for (int i = 0; i < count; i++) {
            if (end - at < length + 2) {
                throw malformed("it ends within a patch's entry");
            }
            int maskBytes = (buffer.getByte(at + 2) & 0xFF) + 7 >> 3;
            int bytes = u16(buffer, at + length);
            at += length + 2;
            if (bytes > end - at) {
                throw malformed("a patch claims " + bytes + " bytes of rows");
            }
            int rowsEnd = at + bytes;
            while (at < rowsEnd) {
                at = patch(buffer, at, maskBytes, rowsEnd);
            }
        }
    }

    private static int patch(DirectBuffer buffer, int start, int maskBytes, int end) {
        if ((buffer.getByte(start) & 0xFF) == SKIP) {
            return start + 1;
        }
        int at = start + 1 + maskBytes;
        if (at > end) {
            throw malformed("a patch ends within its mask");
        }
        for (int i = start + 1; i < start + 1 + maskBytes; i++) {
            at += Integer.bitCount(buffer.getByte(i) & 0xFF);
        }
        if (at > end) {
            throw malformed("a patch ends within its bytes");
        }
        return at;
    }

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
    }
}
