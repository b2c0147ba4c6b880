package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.streams.FrameHandler;
import dev.horizon.net.streams.FrameSubscriber;
import dev.horizon.net.streams.StreamAddresses;
import io.aeron.Aeron;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.CloseHelper;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frames of one tier, joined while a channel of it is watched, and again when they stopped
 * coming. Joining takes tens of milliseconds, on a thread of its own; all else is the agent's.
 */
final class TierFeed {
    private static final Logger LOG = LoggerFactory.getLogger(TierFeed.class);

    /** A tier that nobody needs is left after this long: players come and go. */
    private static final long LINGER_NANOS = 10_000_000_000L;

    private final Aeron aeron;
    private final StreamAddresses addresses;
    private final Tier tier;
    private final FrameHandler handler;
    private final LongHashSet watched = new LongHashSet();
    private final LongHashSet toAsk = new LongHashSet();
    private final AtomicReference<@Nullable FrameSubscriber> opened = new AtomicReference<>();
    private volatile @Nullable FrameSubscriber current;
    private volatile boolean isClosed;
    private volatile FrameSubscriber.Received before = FrameSubscriber.Received.NOTHING;
    private volatile boolean isOpening;
    private int wholeMask;
    private long idleSinceNanos;
    private int joins;

    TierFeed(Aeron aeron, StreamAddresses addresses, Tier tier, FrameHandler handler) {
        this.aeron = aeron;
        this.addresses = addresses;
        this.tier = tier;
        this.handler = handler;
    }

    /** True once the tier's streams arrive; joins them where they aren't. */
    boolean isReady() {
        FrameSubscriber from = adopt();
        if (from == null) {
            open();
            return false;
        }
        return from.isConnected();
    }

    void watch(long channelId, boolean on) {
        FrameSubscriber from = current;
        if (ChannelId.isWhole(channelId)) {
            int bit = 1 << ChannelId.sizeClass(channelId).ordinal();
            wholeMask = on ? wholeMask | bit : wholeMask & ~bit;
            if (from != null) {
                from.watchAll(tier, wholeMask != 0);
            }
        }
        if (on) {
            watched.add(channelId);
        } else {
            watched.remove(channelId);
            toAsk.remove(channelId);
        }
        if (from != null) {
            apply(from, channelId, on);
        }
    }

    private static void apply(FrameSubscriber to, long channelId, boolean on) {
        if (on) {
            to.watch(channelId);
        } else {
            to.unwatch(channelId);
        }
    }

    int poll(long nowNanos) {
        FrameSubscriber from = adopt();
        if (from == null) {
            return 0;
        }
        if (!watched.isEmpty()) {
            idleSinceNanos = nowNanos;
        } else if (nowNanos - idleSinceNanos > LINGER_NANOS) {
            leave(from);
            return 0;
        }
        return from.doWork();
    }

    /**
     * True when something was heard since the tier was joined, and nothing since a tick. Streams
     * whose channels are all empty say nothing, and are left alone.
     */
    boolean isBehind(long tick) {
        FrameSubscriber from = current;
        return from != null && !watched.isEmpty() && from.lastTick() > 0 && from.lastTick() < tick;
    }

    /** Joins again; channels of which something was missed meanwhile are then to be asked for. */
    void rejoin() {
        FrameSubscriber from = current;
        if (from != null) {
            leave(from);
            watched.forEachLong(toAsk::add);
            open();
        }
    }

    /**
     * Channels to ask a keyframe of, once the tier is joined; the caller takes out what it asked.
     */
    LongHashSet toAsk() {
        return toAsk;
    }

    LongHashSet watched() {
        return watched;
    }

    /** Times that the tier was joined. */
    int joins() {
        return joins;
    }

    int framesOf(long tick) {
        FrameSubscriber from = current;
        return from == null ? NodeLink.NOT_JOINED : from.framesOf(tick);
    }

    /** Any thread. */
    FrameSubscriber.Received received() {
        FrameSubscriber from = current;
        return from == null ? before : before.plus(from.received());
    }

    private void leave(FrameSubscriber from) {
        before = before.plus(from.received());
        current = null;
        Thread.ofVirtual().start(from::close);
    }

    private @Nullable FrameSubscriber adopt() {
        FrameSubscriber fresh = opened.getAndSet(null);
        if (fresh != null) {
            isOpening = false;
            joins++;
            watched.forEachLong(fresh::watch);
            fresh.watchAll(tier, wholeMask != 0);
            current = fresh;
        }
        return current;
    }

    private void open() {
        if (!isOpening) {
            isOpening = true;
            Thread.ofVirtual().start(this::join);
        }
    }

    private void join() {
        try {
            opened.set(new FrameSubscriber(aeron, addresses, EnumSet.of(tier), handler));
        } catch (RuntimeException e) {
            isOpening = false;
            if (!isClosed) {
                LOG.error("HZ-STR-003: the streams of tier {} can't be joined", tier, e);
            }
        }
        if (isClosed) {
            CloseHelper.close(opened.getAndSet(null));
        }
    }

    void close() {
        isClosed = true;
        CloseHelper.closeAll(opened.getAndSet(null), current);
        current = null;
    }
}
