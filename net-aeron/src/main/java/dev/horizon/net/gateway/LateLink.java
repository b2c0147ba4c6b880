package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.world.Tier;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A link that comes later: until then the gateway listens, and refuses players as one whose node is
 * away.
 */
public final class LateLink implements NodeLink {
    private volatile @Nullable NodeLink link;

    /** From now on it is this one. Once, from any thread. */
    public void connect(NodeLink to) {
        link = to;
    }

    @Override
    public int epoch() {
        NodeLink to = link;
        return to == null ? 0 : to.epoch();
    }

    @Override
    public @Nullable ChannelConfig channels() {
        NodeLink to = link;
        return to == null ? null : to.channels();
    }

    @Override
    public boolean offerInput(DirectBuffer buffer, int offset, int length) {
        NodeLink to = link;
        return to != null && to.offerInput(buffer, offset, length);
    }

    @Override
    public int inputLengthMax() {
        NodeLink to = link;
        return to == null ? Integer.MAX_VALUE : to.inputLengthMax();
    }

    @Override
    public boolean subscribe(int gatewayId, long channelId) {
        NodeLink to = link;
        return to != null && to.subscribe(gatewayId, channelId);
    }

    @Override
    public boolean unsubscribe(int gatewayId, long channelId) {
        NodeLink to = link;
        return to != null && to.unsubscribe(gatewayId, channelId);
    }

    @Override
    public boolean requestKeyframe(int gatewayId, long channelId) {
        NodeLink to = link;
        return to != null && to.requestKeyframe(gatewayId, channelId);
    }

    @Override
    public int pollSessions(MessageHandler handler, int limit) {
        NodeLink to = link;
        return to == null ? 0 : to.pollSessions(handler, limit);
    }

    @Override
    public int pollFrames(MessageHandler handler, int limit) {
        NodeLink to = link;
        return to == null ? 0 : to.pollFrames(handler, limit);
    }

    @Override
    public int framesOf(Tier tier, long tick) {
        NodeLink to = link;
        return to == null ? NOT_JOINED : to.framesOf(tier, tick);
    }
}
