package dev.horizon.engine.channels;

import dev.horizon.engine.ports.SubscriptionSource.SubscriptionHandler;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Which gateway watches which cell of level 0, with all its parts, or whole tier. A repeated
 * subscription asks for a keyframe and counts once; what can't exist or exceeds a bound is refused
 * and counted. Tick thread.
 */
final class Subscriptions implements SubscriptionHandler {
    /**
     * Gateways of session schemas before it take the parts of a cell that split for other cells.
     */
    private static final int LEVELS_SINCE = 2;

    private final Channels channels;
    private final EncoderCounters counters;
    private final int maxChannelsPerGateway;
    private final int maxGateways;
    private final boolean splits;
    private final Int2ObjectHashMap<LongHashSet> byGateway = new Int2ObjectHashMap<>();

    Subscriptions(Channels channels, EncoderCounters counters, ChannelConfig config) {
        this.channels = channels;
        this.counters = counters;
        this.maxChannelsPerGateway = config.maxChannelsPerGateway();
        this.maxGateways = config.maxGateways();
        this.splits = config.splitAbove() > 0;
    }

    @Override
    public boolean serves(int sessionVersion) {
        boolean reads = sessionVersion >= LEVELS_SINCE || !splits;
        counters.refusedSubscriptions += reads ? 0 : 1;
        return reads;
    }

    @Override
    public void onSubscribe(int gatewayId, long channelId) {
        boolean whole = ChannelId.isWhole(channelId);
        LongHashSet watched = byGateway.get(gatewayId);
        if (watched == null && byGateway.size() < maxGateways) {
            watched = new LongHashSet();
            byGateway.put(gatewayId, watched);
        }
        if (watched == null || !(whole || isBase(channelId))) {
            counters.refusedSubscriptions++;
            return;
        }
        if (watched.contains(channelId)) {
            onKeyframeRequest(gatewayId, channelId);
        } else if (watched.size() >= maxChannelsPerGateway) {
            counters.refusedSubscriptions++;
        } else {
            watched.add(channelId);
            if (whole) {
                channels.watchWhole(channelId);
            } else {
                channels.watch(channelId);
            }
        }
    }

    @Override
    public void onUnsubscribe(int gatewayId, long channelId) {
        LongHashSet watched = byGateway.get(gatewayId);
        if (watched != null && watched.remove(channelId)) {
            unwatch(channelId);
        }
    }

    @Override
    public void onKeyframeRequest(int gatewayId, long channelId) {
        if (!watches(byGateway.get(gatewayId), channelId)
                || !(ChannelId.isWhole(channelId) || ChannelId.isChannel(channelId))) {
            counters.refusedSubscriptions++;
        } else if (ChannelId.isWhole(channelId)) {
            channels.wantKeyframes(channelId);
        } else {
            channels.wantKeyframesOf(channelId);
        }
    }

    @Override
    public void onGatewayGone(int gatewayId) {
        LongHashSet watched = byGateway.remove(gatewayId);
        if (watched != null) {
            LongHashSet.LongIterator each = watched.iterator();
            while (each.hasNext()) {
                unwatch(each.nextValue());
            }
        }
    }

    @Override
    public void onMalformed() {
        counters.refusedSubscriptions++;
    }

    private static boolean watches(@Nullable LongHashSet watched, long channelId) {
        return watched != null
                && (watched.contains(ChannelId.base(channelId))
                        || watched.contains(ChannelId.wholeOf(channelId)));
    }

    /** What may be subscribed to besides whole tiers: which cells split is the node's affair. */
    private static boolean isBase(long channelId) {
        return ChannelId.isChannel(channelId) && ChannelId.level(channelId) == 0;
    }

    private void unwatch(long channelId) {
        if (ChannelId.isWhole(channelId)) {
            channels.unwatchWhole(channelId);
        } else {
            channels.unwatch(channelId);
        }
    }
}
