package dev.horizon.engine.channels;

import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Holds a tick's frames from encoding until they may leave. One per tick that may be under way;
 * reused. Not thread-safe: the tick thread's. Allocates nothing after it was made.
 */
final class FrameOutbox implements FrameHold {
    /** Room that holds a keyframe of every channel of 100,000 objects at one tier. */
    public static final int CAPACITY_BYTES_STANDARD = 16 << 20;

    private static final Tier[] TIERS = Tier.values();
    private static final int LENGTH_AT = 0;
    private static final int TIER_AT = 4;
    private static final int CHANNEL_AT = 8;
    private static final int ENTRY_BYTES = 16;

    private final UnsafeBuffer buffer;
    private final long[] tierBytes = new long[TIERS.length];
    private int position;
    private int frames;

    /** An empty outbox that never grows. */
    public FrameOutbox(int capacityBytes) {
        buffer = new UnsafeBuffer(new byte[capacityBytes]);
    }

    /** An empty outbox of {@link #CAPACITY_BYTES_STANDARD}. */
    public FrameOutbox() {
        this(CAPACITY_BYTES_STANDARD);
    }

    /** True when a message of this length can be appended. */
    @Override
    public boolean fits(int length) {
        return position + ENTRY_BYTES + align(length) <= buffer.capacity();
    }

    /** Appends a copy of the message; false when there is no room. */
    @Override
    public boolean offer(Tier tier, long channelId, DirectBuffer source, int offset, int length) {
        if (!fits(length)) {
            return false;
        }
        buffer.putInt(position + LENGTH_AT, length);
        buffer.putInt(position + TIER_AT, tier.ordinal());
        buffer.putLong(position + CHANNEL_AT, channelId);
        buffer.putBytes(position + ENTRY_BYTES, source, offset, length);
        position += ENTRY_BYTES + align(length);
        tierBytes[tier.ordinal()] += length;
        frames++;
        return true;
    }

    /** Messages held. */
    public int frames() {
        return frames;
    }

    /** Bytes held of a tier. */
    public long bytes(Tier tier) {
        return tierBytes[tier.ordinal()];
    }

    /**
     * Hands everything to the sink, in order, and tells the encoder what went out and what didn't;
     * then the outbox is empty. Never waits.
     *
     * @return messages that the sink took
     */
    public int release(FrameSink sink, ReplicationEncoder encoder) {
        int taken = 0;
        for (int at = 0; at < position; ) {
            int length = buffer.getInt(at + LENGTH_AT);
            long channelId = buffer.getLong(at + CHANNEL_AT);
            Tier tier = TIERS[buffer.getInt(at + TIER_AT)];
            int message = at + ENTRY_BYTES;
            if (encoder.mayRelease(channelId, buffer, message)) {
                if (sink.offer(tier, channelId, buffer, message, length)) {
                    taken++;
                    encoder.released(channelId, buffer, message);
                } else {
                    encoder.lost(channelId, buffer, message);
                }
            }
            at += ENTRY_BYTES + align(length);
        }
        clear();
        return taken;
    }

    /** Drops everything without telling the encoder: for a replay that publishes nothing. */
    public void clear() {
        position = 0;
        frames = 0;
        Arrays.fill(tierBytes, 0);
    }

    private static int align(int length) {
        return (length + 7) & ~7;
    }
}
