package dev.horizon.net.streams;

import dev.horizon.schemas.session.ChannelSubscribeEncoder;
import dev.horizon.schemas.session.ChannelUnsubscribeEncoder;
import dev.horizon.schemas.session.KeyframeRequestEncoder;
import dev.horizon.schemas.session.MessageHeaderEncoder;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import org.agrona.ExpandableArrayBuffer;

/**
 * What one gateway watches, told to its node. Used by one thread; never waits: false means that the
 * node was not told, so say it again.
 */
public final class SubscriptionPublisher implements AutoCloseable {
    private final int gatewayId;
    private final ExclusivePublication publication;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ChannelSubscribeEncoder subscribe = new ChannelSubscribeEncoder();
    private final ChannelUnsubscribeEncoder unsubscribe = new ChannelUnsubscribeEncoder();
    private final KeyframeRequestEncoder keyframe = new KeyframeRequestEncoder();

    public SubscriptionPublisher(Aeron aeron, StreamAddresses addresses, int gatewayId) {
        this.gatewayId = gatewayId;
        publication =
                aeron.addExclusivePublication(
                        addresses.subscriptions(), addresses.subscriptionStream());
    }

    /** Watches a channel; a keyframe will come. */
    public boolean subscribe(long channelId) {
        subscribe.wrapAndApplyHeader(buffer, 0, header).gatewayId(gatewayId).channelId(channelId);
        return send(subscribe.encodedLength());
    }

    /** Watches a channel no longer. */
    public boolean unsubscribe(long channelId) {
        unsubscribe.wrapAndApplyHeader(buffer, 0, header).gatewayId(gatewayId).channelId(channelId);
        return send(unsubscribe.encodedLength());
    }

    /** Asks for the whole of a channel that is watched already. */
    public boolean requestKeyframe(long channelId) {
        keyframe.wrapAndApplyHeader(buffer, 0, header).gatewayId(gatewayId).channelId(channelId);
        return send(keyframe.encodedLength());
    }

    private boolean send(int bodyLength) {
        return Offers.offer(publication, buffer, 0, header.encodedLength() + bodyLength) > 0;
    }

    /** True when the node listens. */
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public void close() {
        publication.close();
    }
}
