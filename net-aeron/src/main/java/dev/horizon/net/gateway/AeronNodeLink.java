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
import java.util.EnumSet;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** The link to a node over its Aeron streams. Opened off the tick; used by the agent's thread. */
public final class AeronNodeLink implements NodeLink, AutoCloseable {
    private static final MessageHandler NOBODY = (buffer, offset, length) -> {};

    private final InputPublisher inputs;
    private final SubscriptionPublisher subscriptions;
    private final SessionSubscriber sessions;
    private final FrameSubscriber frames;
    private final int[] wholeTierWatches = new int[Tier.values().length];
    private MessageHandler onSession = NOBODY;
    private MessageHandler onFrame = NOBODY;

    /** Opens the streams; takes 2 to 3 ms for each of K per tier. */
    public AeronNodeLink(Aeron aeron, StreamAddresses addresses, int gatewayId) {
        inputs = new InputPublisher(aeron, addresses);
        subscriptions = new SubscriptionPublisher(aeron, addresses, gatewayId);
        sessions =
                new SessionSubscriber(
                        aeron,
                        addresses,
                        (buffer, offset, length) -> onSession.onMessage(buffer, offset, length));
        frames =
                new FrameSubscriber(
                        aeron, addresses, EnumSet.allOf(Tier.class), new ToOneHandler());
    }

    /** True when the node's ends of all streams are there. */
    public boolean isConnected() {
        return inputs.isConnected()
                && subscriptions.isConnected()
                && sessions.isConnected()
                && frames.isConnected();
    }

    @Override
    public boolean offerInput(DirectBuffer buffer, int offset, int length) {
        return inputs.offer(buffer, offset, length);
    }

    @Override
    public int inputLengthMax() {
        return inputs.inputLengthMax();
    }

    @Override
    public boolean subscribe(int gatewayId, long channelId) {
        watch(channelId, true);
        return subscriptions.subscribe(channelId);
    }

    @Override
    public boolean unsubscribe(int gatewayId, long channelId) {
        if (!subscriptions.unsubscribe(channelId)) {
            return false;
        }
        watch(channelId, false);
        return true;
    }

    @Override
    public boolean requestKeyframe(int gatewayId, long channelId) {
        return subscriptions.requestKeyframe(channelId);
    }

    private void watch(long channelId, boolean on) {
        if (ChannelId.isWhole(channelId)) {
            Tier tier = ChannelId.tier(channelId);
            int at = tier.ordinal();
            int sizeClassBit = 1 << ChannelId.sizeClass(channelId).ordinal();
            wholeTierWatches[at] =
                    on ? wholeTierWatches[at] | sizeClassBit : wholeTierWatches[at] & ~sizeClassBit;
            frames.watchAll(tier, wholeTierWatches[at] != 0);
        } else if (on) {
            frames.watch(channelId);
        } else {
            frames.unwatch(channelId);
        }
    }

    @Override
    public int pollSessions(MessageHandler handler, int limit) {
        onSession = handler;
        return sessions.poll(limit);
    }

    @Override
    public int pollFrames(MessageHandler handler, int limit) {
        onFrame = handler;
        return frames.doWork();
    }

    @Override
    public int framesOf(long tick) {
        return frames.framesOf(tick);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(frames, sessions, subscriptions, inputs);
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
