package dev.horizon.net.streams;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.world.Tier;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Publishes frames, each channel always on the same stream of its tier. Offered to by the tick
 * thread alone; never waits or allocates. Counters may be read by any thread.
 */
public final class FramePublisher implements FrameSink, AutoCloseable {
    private static final int TIERS = Tier.values().length;

    private final int streamsPerTier;
    private final ExclusivePublication[] publications;
    private final AtomicLongArray frames = new AtomicLongArray(TIERS);
    private final AtomicLongArray bytes = new AtomicLongArray(TIERS);
    private final AtomicLongArray refused = new AtomicLongArray(TIERS);

    /** Opens all streams; takes some milliseconds. */
    public FramePublisher(Aeron aeron, StreamAddresses addresses) {
        streamsPerTier = addresses.streamsPerTier();
        publications = new ExclusivePublication[TIERS * streamsPerTier];
        for (Tier tier : Tier.values()) {
            String address = addresses.frames(tier);
            for (int i = 0; i < streamsPerTier; i++) {
                publications[tier.ordinal() * streamsPerTier + i] =
                        aeron.addExclusivePublication(address, addresses.frameStream(tier, i));
            }
        }
    }

    @Override
    public boolean offer(Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {
        int lane = tier.ordinal();
        int index = ChannelId.stream(channelId, streamsPerTier);
        ExclusivePublication publication = publications[lane * streamsPerTier + index];
        if (length > publication.maxMessageLength()
                || Offers.offer(publication, buffer, offset, length) < 0) {
            add(refused, lane, 1);
            return false;
        }
        add(frames, lane, 1);
        add(bytes, lane, length);
        return true;
    }

    /** One writer: a plain read and an ordered write do. */
    private static void add(AtomicLongArray counters, int index, long delta) {
        counters.lazySet(index, counters.getPlain(index) + delta);
    }

    /** Bytes of the largest frame that a stream takes; larger ones are always refused. */
    public int frameLengthMax() {
        return publications[publications.length - 1].maxMessageLength();
    }

    /** True when somebody listens on every stream of a tier. */
    public boolean isConnected(Tier tier) {
        for (int i = 0; i < streamsPerTier; i++) {
            if (!publications[tier.ordinal() * streamsPerTier + i].isConnected()) {
                return false;
            }
        }
        return true;
    }

    /** Frames taken since the start. */
    public long frames(Tier tier) {
        return frames.get(tier.ordinal());
    }

    /** Bytes of frames taken since the start. */
    public long bytes(Tier tier) {
        return bytes.get(tier.ordinal());
    }

    /** Frames not taken since the start: nobody listened, a subscriber lagged, or too large. */
    public long refused(Tier tier) {
        return refused.get(tier.ordinal());
    }

    @Override
    public void close() {
        CloseHelper.closeAll(publications);
    }
}
