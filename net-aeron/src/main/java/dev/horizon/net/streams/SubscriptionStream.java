package dev.horizon.net.streams;

import dev.horizon.engine.ports.SubscriptionSource;
import dev.horizon.schemas.session.ChannelSubscribeDecoder;
import dev.horizon.schemas.session.ChannelUnsubscribeDecoder;
import dev.horizon.schemas.session.KeyframeRequestDecoder;
import dev.horizon.schemas.session.MessageHeaderDecoder;
import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The node's end of what gateways watch. A gateway whose stream ends is gone with all it watched.
 * Polled by the tick thread.
 */
public final class SubscriptionStream implements SubscriptionSource, AutoCloseable {
    /** Gateways of one node; more are heard, but their end would go unnoticed, so they are not. */
    public static final int GATEWAYS_MAX = 256;

    /** The shortest of what a gateway says here: all three name a gateway and a channel. */
    private static final int WISH_BYTES =
            MessageHeaderDecoder.ENCODED_LENGTH + ChannelSubscribeDecoder.BLOCK_LENGTH;

    private final AtomicLong imagesGone = new AtomicLong();
    private final Subscription subscription;
    private final FragmentHandler fragments = this::onMessage;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final ChannelSubscribeDecoder subscribe = new ChannelSubscribeDecoder();
    private final ChannelUnsubscribeDecoder unsubscribe = new ChannelUnsubscribeDecoder();
    private final KeyframeRequestDecoder keyframe = new KeyframeRequestDecoder();

    private final int[] gatewayIds = new int[GATEWAYS_MAX];
    private final int[] streamSessions = new int[GATEWAYS_MAX];
    private int gateways;
    private long imagesGoneSeen;
    private @Nullable SubscriptionHandler handler;

    public SubscriptionStream(Aeron aeron, StreamAddresses addresses) {
        subscription =
                aeron.addSubscription(
                        addresses.subscriptions(),
                        addresses.subscriptionStream(),
                        image -> {},
                        image -> imagesGone.incrementAndGet());
    }

    @Override
    public int poll(SubscriptionHandler subscriptionHandler, int limit) {
        handler = subscriptionHandler;
        try {
            long gone = imagesGone.get();
            if (gone != imagesGoneSeen) {
                imagesGoneSeen = gone;
                dropGoneGateways(subscriptionHandler);
            }
            return subscription.poll(fragments, limit);
        } finally {
            handler = null;
        }
    }

    private void dropGoneGateways(SubscriptionHandler to) {
        for (int i = gateways - 1; i >= 0; i--) {
            if (subscription.imageBySessionId(streamSessions[i]) == null) {
                to.onGatewayGone(gatewayIds[i]);
                gateways--;
                gatewayIds[i] = gatewayIds[gateways];
                streamSessions[i] = streamSessions[gateways];
            }
        }
    }

    private void onMessage(DirectBuffer buffer, int offset, int length, Header header) {
        SubscriptionHandler to = handler;
        if (to == null) {
            return;
        }
        if (length < WISH_BYTES) {
            to.onMalformed();
            return;
        }
        messageHeader.wrap(buffer, offset);
        int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        int blockLength = messageHeader.blockLength();
        if (messageHeader.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            to.onMalformed();
            return;
        }
        int version = messageHeader.version();
        int streamSession = header.sessionId();
        switch (messageHeader.templateId()) {
            case ChannelSubscribeDecoder.TEMPLATE_ID -> {
                subscribe.wrap(buffer, body, blockLength, version);
                int gatewayId = (int) subscribe.gatewayId();
                if (to.serves(version) && knows(gatewayId, streamSession)) {
                    to.onSubscribe(gatewayId, subscribe.channelId());
                }
            }
            case ChannelUnsubscribeDecoder.TEMPLATE_ID -> {
                unsubscribe.wrap(buffer, body, blockLength, version);
                to.onUnsubscribe((int) unsubscribe.gatewayId(), unsubscribe.channelId());
            }
            case KeyframeRequestDecoder.TEMPLATE_ID -> {
                keyframe.wrap(buffer, body, blockLength, version);
                to.onKeyframeRequest((int) keyframe.gatewayId(), keyframe.channelId());
            }
            default -> {
                // A newer gateway may say more than this node understands.
            }
        }
    }

    /** Remembers which stream speaks for a gateway; a reconnected one has a new stream. */
    private boolean knows(int gatewayId, int streamSession) {
        for (int i = 0; i < gateways; i++) {
            if (gatewayIds[i] == gatewayId) {
                streamSessions[i] = streamSession;
                return true;
            }
        }
        if (gateways == GATEWAYS_MAX) {
            return false;
        }
        gatewayIds[gateways] = gatewayId;
        streamSessions[gateways++] = streamSession;
        return true;
    }

    /** Gateways that watch something. */
    public int gateways() {
        return gateways;
    }

    /** True when some gateway's stream has arrived. */
    public boolean isConnected() {
        return subscription.isConnected();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
