package dev.horizon.net.gateway;

import java.util.ArrayDeque;
import org.agrona.collections.Long2LongHashMap;

/** What the node is to be told about channels, kept in order until it takes it. Agent thread. */
final class Subscriptions {
    /** A channel is asked for again at this interval while nothing comes. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    /** The first times it is asked again sooner: what is lost once is lost again less often. */
    private static final long RETRY_SOON_NANOS = RETRY_NANOS / 4;

    private static final int RETRIES_SOON = 4;

    private static final long NEVER = Long.MIN_VALUE;

    private enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE,
        REQUEST
    }

    private record Change(Kind kind, long channelId) {}

    private final NodeLink node;
    private final int gatewayId;
    private final int bound;
    private final GatewayMetrics metrics;
    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private final Long2LongHashMap wanted = new Long2LongHashMap(NEVER);

    /** How often each of these was asked for. */
    private final Long2LongHashMap asked = new Long2LongHashMap(0);

    Subscriptions(NodeLink node, GatewayConfig config, GatewayMetrics metrics) {
        this.node = node;
        this.gatewayId = config.gatewayId();
        this.bound = config.queues().subscriptionsMax();
        this.metrics = metrics;
    }

    /** False while the node is so far behind that players' interest should wait. */
    boolean hasRoom() {
        return changes.size() < bound / 2;
    }

    void subscribe(long channelId) {
        changes.add(new Change(Kind.SUBSCRIBE, channelId));
    }

    void unsubscribe(long channelId) {
        keyframeCame(channelId);
        changes.add(new Change(Kind.UNSUBSCRIBE, channelId));
    }

    /**
     * Wants a keyframe now, and again while none comes.
     *
     * @return false when it is wanted already
     */
    boolean wantKeyframe(long channelId, long nowNanos) {
        boolean isNew = wanted.get(channelId) == NEVER;
        if (isNew) {
            wanted.put(channelId, nowNanos);
        }
        return isNew;
    }

    /** Asks once for keyframes of all channels of a tier. */
    void requestAll(long wholeTier) {
        changes.add(new Change(Kind.REQUEST, wholeTier));
    }

    void keyframeCame(long channelId) {
        if (wanted.remove(channelId) != NEVER) {
            asked.remove(channelId);
        }
    }

    /** Queues the requests that are due. */
    void ask(long nowNanos) {
        if (wanted.isEmpty() || !hasRoom()) {
            return;
        }
        Long2LongHashMap.EntryIterator all = wanted.entrySet().iterator();
        while (all.hasNext()) {
            all.next();
            if (all.getLongValue() <= nowNanos) {
                long channelId = all.getLongKey();
                long times = asked.get(channelId);
                changes.add(new Change(Kind.REQUEST, channelId));
                asked.put(channelId, times + 1);
                all.setValue(nowNanos + (times < RETRIES_SOON ? RETRY_SOON_NANOS : RETRY_NANOS));
            }
        }
    }

    /** Tells the node as much as it takes. */
    int drain() {
        int told = 0;
        for (Change change = changes.peek(); change != null; change = changes.peek()) {
            if (!tell(change)) {
                break;
            }
            changes.remove();
            told++;
        }
        return told;
    }

    private boolean tell(Change change) {
        long channelId = change.channelId();
        return switch (change.kind()) {
            case SUBSCRIBE -> node.subscribe(gatewayId, channelId);
            case UNSUBSCRIBE -> node.unsubscribe(gatewayId, channelId);
            case REQUEST -> {
                boolean taken = node.requestKeyframe(gatewayId, channelId);
                if (taken) {
                    metrics.keyframeRequests.increment();
                }
                yield taken;
            }
        };
    }
}
