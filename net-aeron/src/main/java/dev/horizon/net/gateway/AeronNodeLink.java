package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.streams.FrameHandler;
import dev.horizon.net.streams.FrameSubscriber;
import dev.horizon.net.streams.InputPublisher;
import dev.horizon.net.streams.SessionSubscriber;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.SubscriptionPublisher;
import io.aeron.Aeron;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * The link to a node over its Aeron streams. Joins the tiers of which something is watched, and
 * joins again what stopped coming. Opened off the tick; used by the agent's thread.
 */
public final class AeronNodeLink implements NodeLink, AutoCloseable {
    private static final MessageHandler NOBODY = (buffer, offset, length) -> {};

    /**
     * An agent that was away from its streams for so long has lost frames beyond repair: its images
     * lag by more than their window, and stay stuck for seconds.
     */
    private static final long STALL_NANOS = 1_000_000_000L;

    private final InputPublisher inputs;
    private final SubscriptionPublisher subscriptions;
    private final SessionSubscriber sessions;
    private final TierFeed[] feeds;
    private final NanoClock clock;
    private MessageHandler onSession = NOBODY;
    private MessageHandler onFrame = NOBODY;
    private long polledAtNanos;

    /** Opens the streams that every gateway needs; takes some milliseconds. */
    public AeronNodeLink(Aeron aeron, StreamAddresses addresses, int gatewayId) {
        this(aeron, addresses, gatewayId, SystemNanoClock.INSTANCE);
    }

    AeronNodeLink(Aeron aeron, StreamAddresses addresses, int gatewayId, NanoClock clock) {
        this.clock = clock;
        polledAtNanos = clock.nanoTime();
        inputs = new InputPublisher(aeron, addresses);
        subscriptions = new SubscriptionPublisher(aeron, addresses, gatewayId);
        sessions =
                new SessionSubscriber(
                        aeron,
                        addresses,
                        (buffer, offset, length) -> onSession.onMessage(buffer, offset, length));
        Tier[] tiers = Tier.values();
        feeds = new TierFeed[tiers.length];
        for (Tier tier : tiers) {
            feeds[tier.ordinal()] = new TierFeed(aeron, addresses, tier, new ToOneHandler());
        }
    }

    /** True when the node's ends of the streams are there; tiers are joined when needed. */
    public boolean isConnected() {
        return inputs.isConnected() && subscriptions.isConnected() && sessions.isConnected();
    }

    @Override
    public boolean offerInput(DirectBuffer buffer, int offset, int length) {
        return inputs.offer(buffer, offset, length);
    }

    @Override
    public int inputLengthMax() {
        return inputs.inputLengthMax();
    }

    /** False until the tier's streams arrive: the keyframe that answers must not be missed. */
    @Override
    public boolean subscribe(int gatewayId, long channelId) {
        TierFeed feed = feed(channelId);
        feed.watch(channelId, true);
        return feed.isReady() && subscriptions.subscribe(channelId);
    }

    @Override
    public boolean unsubscribe(int gatewayId, long channelId) {
        if (!subscriptions.unsubscribe(channelId)) {
            return false;
        }
        feed(channelId).watch(channelId, false);
        return true;
    }

    @Override
    public boolean requestKeyframe(int gatewayId, long channelId) {
        return subscriptions.requestKeyframe(channelId);
    }

    private TierFeed feed(long channelId) {
        return feeds[ChannelId.tier(channelId).ordinal()];
    }

    @Override
    public int pollSessions(MessageHandler handler, int limit) {
        onSession = handler;
        return sessions.poll(limit);
    }

    @Override
    public int pollFrames(MessageHandler handler, int limit) {
        onFrame = handler;
        long nowNanos = clock.nanoTime();
        if (nowNanos - polledAtNanos > STALL_NANOS) {
            rejoinAll();
        }
        polledAtNanos = nowNanos;
        int work = 0;
        for (TierFeed feed : feeds) {
            work += feed.poll(nowNanos);
            if (!feed.toAsk().isEmpty() && feed.isReady()) {
                ask(feed.toAsk());
            }
        }
        return work;
    }

    private void ask(LongHashSet channels) {
        LongHashSet.LongIterator all = channels.iterator();
        while (all.hasNext() && subscriptions.requestKeyframe(all.nextValue())) {
            all.remove();
        }
    }

    private void rejoinAll() {
        for (TierFeed feed : feeds) {
            feed.rejoin();
        }
    }

    /**
     * Joins those tiers again that should have been heard of since a tick: a beacon comes twice a
     * second, so that silence means streams that are stuck.
     */
    public void rejoinSilent(long sinceTick) {
        for (TierFeed feed : feeds) {
            if (feed.isBehind(sinceTick)) {
                feed.rejoin();
            }
        }
    }

    /** Watches everything again that was watched, as after the node was away. */
    void watchAgain(NodeLink former) {
        if (former instanceof AeronNodeLink other) {
            for (int i = 0; i < feeds.length; i++) {
                TierFeed feed = feeds[i];
                other.feeds[i].watched().forEachLong(channelId -> feed.watch(channelId, true));
            }
        }
    }

    /** Subscribes anew to what is watched; false while some of it is still to be said. */
    boolean resubscribe(LongHashSet said) {
        for (TierFeed feed : feeds) {
            LongHashSet.LongIterator all = feed.watched().iterator();
            while (all.hasNext()) {
                long channelId = all.nextValue();
                if (!said.contains(channelId)) {
                    if (!feed.isReady() || !subscriptions.subscribe(channelId)) {
                        return false;
                    }
                    said.add(channelId);
                }
            }
        }
        return true;
    }

    /** Times that a tier's streams were joined. */
    public int joins(Tier tier) {
        return feeds[tier.ordinal()].joins();
    }

    /** What came of a tier's frames, and what of it nobody watched; any thread. */
    public FrameSubscriber.Received received(Tier tier) {
        return feeds[tier.ordinal()].received();
    }

    @Override
    public int framesOf(Tier tier, long tick) {
        return feeds[tier.ordinal()].framesOf(tick);
    }

    @Override
    public void close() {
        for (TierFeed feed : feeds) {
            feed.close();
        }
        CloseHelper.closeAll(sessions, subscriptions, inputs);
    }

    private final class ToOneHandler implements FrameHandler {
        @Override
        public void onFrame(
                Tier tier, long channelId, DirectBuffer buffer, int offset, int length) {
            onFrame.onMessage(buffer, offset, length);
        }

        @Override
        public void onStreamMessage(Tier tier, DirectBuffer buffer, int offset, int length) {
            onFrame.onMessage(buffer, offset, length);
        }
    }
}
