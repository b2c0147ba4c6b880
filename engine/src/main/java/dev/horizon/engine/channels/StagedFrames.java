package dev.horizon.engine.channels;

import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Frames that one thread cut, one behind the other, until the tick thread hands them on. Takes all;
 * once it has grown, it allocates nothing.
 */
final class StagedFrames implements FrameSink {
    private static final int BYTES_MIN = 1 << 20;
    private static final int HEAD = 4;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(BYTES_MIN);
    private int end;

    /** The number of a finished frame. */
    static int sequence(DirectBuffer message, int offset) {
        int at = MessageHeaderEncoder.ENCODED_LENGTH + FrameEncoder.sequenceEncodingOffset();
        return message.getInt(offset + at, ByteOrder.LITTLE_ENDIAN);
    }

    void clear() {
        end = 0;
    }

    /** Where the next frame will stand. */
    int end() {
        return end;
    }

    /** The frame at a place and those behind it. */
    DirectBuffer buffer() {
        return buffer;
    }

    int lengthAt(int at) {
        return buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the message itself begins. */
    int messageAt(int at) {
        return at + HEAD;
    }

    int nextAt(int at) {
        return at + HEAD + lengthAt(at);
    }

    @Override
    public boolean offer(Tier tier, long channelId, DirectBuffer from, int offset, int length) {
        buffer.putInt(end, length, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(end + HEAD, from, offset, length);
        end += HEAD + length;
        return true;
    }
}
