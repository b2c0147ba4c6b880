package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.streams.NodeRoom;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's link to the node of its star system. Used by the gateway's agent thread alone;
 * nothing here waits.
 */
public interface NodeLink {
    /**
     * Sends a recorded input (tick-log schema, header included). False: try again later, in order.
     */
    boolean offerInput(DirectBuffer buffer, int offset, int length);

    /** More frames than any tick has: nobody waits for those of this tier. */
    int NOT_JOINED = Integer.MAX_VALUE;

    /** 0 while the node is away, else a number that grows each time it is there anew. */
    default int epoch() {
        return 1;
    }

    /** By which the mesh knows the node, as far as it was heard; 0 for one outside of a mesh. */
    default long home() {
        return 0;
    }

    /** Which nodes of its mesh take new players, as it last said; nobody outside of one. */
    default List<NodeRoom> placement() {
        return List.of();
    }

    /** How the node cuts its world into channels; null where who built the gateway knows. */
    default @Nullable ChannelConfig channels() {
        return null;
    }

    /** Bytes of the largest input that {@link #offerInput} ever takes. */
    default int inputLengthMax() {
        return Integer.MAX_VALUE;
    }

    /** Watches a channel; the node answers with a keyframe. False: try again later, in order. */
    boolean subscribe(int gatewayId, long channelId);

    /** Watches it no longer. False: try again later, in order. */
    boolean unsubscribe(int gatewayId, long channelId);

    /** Asks for a keyframe of a watched channel. False: try again later, in order. */
    boolean requestKeyframe(int gatewayId, long channelId);

    /** Hands over what the node says to sessions (session schema), in order; returns how many. */
    int pollSessions(MessageHandler handler, int limit);

    /**
     * Hands over frames and beacons (replication schema), in order of channel; returns how many.
     */
    int pollFrames(MessageHandler handler, int limit);

    /**
     * Frames of one tier and tick that arrived, those of channels that aren't watched included; 0
     * for a tick that is long past, {@link #NOT_JOINED} where nothing of the tier arrives here.
     */
    default int framesOf(Tier tier, long tick) {
        return NOT_JOINED;
    }

    /** Takes one message, header included; the buffer is valid during the call. */
    @FunctionalInterface
    interface MessageHandler {
        /** One message. */
        void onMessage(DirectBuffer buffer, int offset, int length);
    }
}
