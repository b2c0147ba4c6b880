package dev.horizon.net.streams;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.Agent;

/**
 * Receives the frames of watched channels. One thread calls {@link #doWork}, {@link #watch} and
 * {@link #unwatch}, and goes on calling: over IPC a subscriber that pauses stops the node's frames.
 */
public final class FrameSubscriber implements Agent, AutoCloseable {
    /** Fragments of one stream handled before the next has its turn. */
    private static final int FRAGMENTS_PER_POLL_MAX = 64;

    private static final int FRAMES = 0;
    private static final int BYTES = 1;
    private static final int BEYOND_FRAMES = 2;
    private static final int BEYOND_BYTES = 3;

    /** Ticks of which frames are counted: more than a second, at any rate. */
    private static final int COUNTED_TICKS = 256;

    private static final int TICK_OFFSET =
            MessageHeaderDecoder.ENCODED_LENGTH + FrameDecoder.tickEncodingOffset();
    private static final int FRAME_BYTES_MIN =
            MessageHeaderDecoder.ENCODED_LENGTH + FrameDecoder.BLOCK_LENGTH;
    private static final int TEMPLATE_ID_OFFSET = MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int CHANNEL_ID_OFFSET =
            MessageHeaderDecoder.ENCODED_LENGTH + FrameDecoder.channelIdEncodingOffset();

    private final FrameHandler handler;
    private final LongHashSet watched = new LongHashSet();
    private final boolean[] watchedTiers = new boolean[Tier.values().length];
    private final Subscription[] subscriptions;
    private final FragmentHandler[] assemblers;
    private final long[] countedTicks = new long[COUNTED_TICKS];
    private final int[] framesOfTicks = new int[COUNTED_TICKS];
    private final AtomicLongArray traffic = new AtomicLongArray(4);
    private long lastTick;

    /** Opens the streams of some tiers; takes 2 to 3 ms a stream, so do it off the tick thread. */
    public FrameSubscriber(
            Aeron aeron, StreamAddresses addresses, Set<Tier> tiers, FrameHandler handler) {
        this.handler = handler;
        int streamsPerTier = addresses.streamsPerTier();
        subscriptions = new Subscription[tiers.size() * streamsPerTier];
        assemblers = new FragmentHandler[subscriptions.length];
        int next = 0;
        for (Tier tier : Tier.values()) {
            if (!tiers.contains(tier)) {
                continue;
            }
            FragmentHandler assembler =
                    new FragmentAssembler((buffer, offset, length, header) ->
                            onMessage(tier, buffer, offset, length));
            String address = addresses.framesIn(tier);
            for (int i = 0; i < streamsPerTier; i++) {
                if (addresses.isTagged() && i == 0) {
                    // One socket for all streams of the tier: each would get all of them.
                    long tag = aeron.nextCorrelationId();
                    String first = address + "|tags=" + tag;
                    subscriptions[next] =
                            aeron.addSubscription(first, addresses.frameStream(tier, i));
                    address = "aeron:udp?tags=" + tag + addresses.ofThisLife();
                } else {
                    subscriptions[next] =
                            aeron.addSubscription(address, addresses.frameStream(tier, i));
                }
                assemblers[next++] = assembler;
            }
        }
    }

    /** From now on frames of this channel are handed on, and those of the parts of its cell. */
    public void watch(long channelId) {
        watched.add(channelId);
    }

    /** From now on frames of this channel are skipped. */
    public void unwatch(long channelId) {
        watched.remove(channelId);
    }

    /** Hands on every channel of a tier, watched or not, or stops doing so. */
    public void watchAll(Tier tier, boolean all) {
        watchedTiers[tier.ordinal()] = all;
    }

    @Override
    public int doWork() {
        int work = 0;
        for (int i = 0; i < subscriptions.length; i++) {
            work += subscriptions[i].poll(assemblers[i], FRAGMENTS_PER_POLL_MAX);
        }
        return work;
    }

    private void onMessage(Tier tier, DirectBuffer buffer, int offset, int length) {
        boolean isFrame = length >= FRAME_BYTES_MIN && isFrame(buffer, offset);
        if (!isFrame) {
            hear(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, length);
            handler.onStreamMessage(tier, buffer, offset, length);
            return;
        }
        count(buffer.getLong(offset + TICK_OFFSET, ByteOrder.LITTLE_ENDIAN));
        long channelId = buffer.getLong(offset + CHANNEL_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (watchedTiers[tier.ordinal()] || watched.contains(ChannelId.base(channelId))) {
            handler.onFrame(tier, channelId, buffer, offset, length);
        } else {
            add(BEYOND_FRAMES, 1);
            add(BEYOND_BYTES, length);
        }
        add(FRAMES, 1);
        add(BYTES, length);
    }

    private static boolean isFrame(DirectBuffer buffer, int offset) {
        int template =
                buffer.getShort(offset + TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xffff;
        return template == FrameDecoder.TEMPLATE_ID;
    }

    /** A beacon's first field is its tick. */
    private void hear(DirectBuffer buffer, int tickAt, int length) {
        if (length >= MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES) {
            lastTick = Math.max(lastTick, buffer.getLong(tickAt, ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** One writer: a plain read and an ordered write do. */
    private void add(int counter, long delta) {
        traffic.lazySet(counter, traffic.getPlain(counter) + delta);
    }

    private void count(long tick) {
        lastTick = Math.max(lastTick, tick);
        int at = (int) (tick & (COUNTED_TICKS - 1));
        if (countedTicks[at] != tick) {
            countedTicks[at] = tick;
            framesOfTicks[at] = 0;
        }
        framesOfTicks[at]++;
    }

    /** Frames of a tick that arrived, watched or not; 0 for a tick that is long past. */
    public int framesOf(long tick) {
        int at = (int) (tick & (COUNTED_TICKS - 1));
        return countedTicks[at] == tick ? framesOfTicks[at] : 0;
    }

    /** True when every stream has a publisher's image. */
    public boolean isConnected() {
        for (Subscription subscription : subscriptions) {
            if (!subscription.isConnected()) {
                return false;
            }
        }
        return true;
    }

    /** The tick of the latest frame or beacon; read by the polling thread. */
    public long lastTick() {
        return lastTick;
    }

    /** What came since the start; any thread. */
    public Received received() {
        return new Received(
                traffic.get(FRAMES),
                traffic.get(BYTES),
                traffic.get(BEYOND_FRAMES),
                traffic.get(BEYOND_BYTES));
    }

    /**
     * What a receiver got, and how much of it nobody there watched: streams are shared by channels.
     *
     * @param frames all
     * @param bytes of them
     * @param framesBeyondNeed of channels that weren't watched
     * @param bytesBeyondNeed of those
     */
    public record Received(long frames, long bytes, long framesBeyondNeed, long bytesBeyondNeed) {
        /** Nothing. */
        public static final Received NOTHING = new Received(0, 0, 0, 0);

        /** Both together. */
        public Received plus(Received other) {
            return new Received(
                    frames + other.frames,
                    bytes + other.bytes,
                    framesBeyondNeed + other.framesBeyondNeed,
                    bytesBeyondNeed + other.bytesBeyondNeed);
        }
    }

    @Override
    public String roleName() {
        return "frame-subscriber";
    }

    @Override
    public void onClose() {
        close();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(subscriptions);
    }
}
