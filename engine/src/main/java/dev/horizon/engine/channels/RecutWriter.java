package dev.horizon.engine.channels;

import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import dev.horizon.schemas.replication.RecutEncoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the message that says which slots of a channel are which of another's now. */
final class RecutWriter {
    /** Flag: the channel that they enter begins with this message. */
    static final int OPENS = 1;

    private static final int ROW_BYTES = RecutEncoder.MovedEncoder.sbeBlockLength();
    private static final int GROUP_AT =
            MessageHeaderEncoder.ENCODED_LENGTH + RecutEncoder.BLOCK_LENGTH;
    private static final int ROWS_AT = GROUP_AT + RecutEncoder.MovedEncoder.sbeHeaderSize();
    private static final int ROWS_MAX = 10_000;

    private final int[] placeExponent = new int[Members.TIERS];
    private final MutableDirectBuffer buffer;
    private final int rowsMax;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RecutEncoder recut = new RecutEncoder();
    private int rows;

    RecutWriter(ChannelConfig config) {
        rowsMax = Math.min(ROWS_MAX, (config.maxFrameBytes() - ROWS_AT) / ROW_BYTES);
        buffer = new UnsafeBuffer(new byte[ROWS_AT + rowsMax * ROW_BYTES]);
        for (Tier tier : Tier.values()) {
            placeExponent[tier.ordinal()] =
                    FrameWriter.placeExponent(config.tier(tier).errorMetres());
        }
    }

    void begin(Channel from, Channel to, long tick, boolean isFirst) {
        int place = placeExponent[to.tier];
        rows = 0;
        recut.wrapAndApplyHeader(buffer, 0, header)
                .tick(tick)
                .fromChannelId(from.id)
                .toChannelId(to.id)
                .fromSequence(Integer.toUnsignedLong(from.sequence + 1))
                .toSequence(Integer.toUnsignedLong(to.sequence + 1))
                .cellEdge(to.edge)
                .flags((short) (isFirst ? OPENS : 0))
                .placeExponent((byte) place)
                .velocityExponent((byte) FrameWriter.velocityExponent(place))
                .accelerationExponent((byte) FrameWriter.accelerationExponent(place));
    }

    boolean isEmpty() {
        return rows == 0;
    }

    boolean isFull() {
        return rows == rowsMax;
    }

    void moved(int slot, int newSlot, int newGeneration) {
        int at = ROWS_AT + rows * ROW_BYTES;
        buffer.putShort(at, (short) slot, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(at + 2, (short) newSlot, ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(at + 4, (byte) newGeneration);
        rows++;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** The length of the message. */
    int finish() {
        buffer.putShort(GROUP_AT, (short) ROW_BYTES, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(GROUP_AT + 2, (short) rows, ByteOrder.LITTLE_ENDIAN);
        return ROWS_AT + rows * ROW_BYTES;
    }
}
