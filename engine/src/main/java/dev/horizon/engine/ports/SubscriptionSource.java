package dev.horizon.engine.ports;

/**
 * Which channels gateways watch. Polled by the tick thread before it encodes; decides what is
 * published, never what is simulated, and so isn't recorded.
 */
public interface SubscriptionSource {
    /** Hands over waiting changes; never waits or allocates. */
    int poll(SubscriptionHandler handler, int limit);

    /** Takes changes. */
    interface SubscriptionHandler {
        /**
         * False for a gateway whose version of the session schema is so old that it would misread
         * what is published: its subscriptions are not handed over.
         */
        default boolean serves(int sessionVersion) {
            return true;
        }

        /** A gateway watches a channel from now on, and needs a keyframe. */
        void onSubscribe(int gatewayId, long channelId);

        /** A gateway watches a channel no longer. */
        void onUnsubscribe(int gatewayId, long channelId);

        /** A gateway lost something of a channel that it watches. */
        void onKeyframeRequest(int gatewayId, long channelId);

        /** A gateway is gone with all it watched. */
        void onGatewayGone(int gatewayId);

        /** Something came that no gateway says: it is to be counted, and changes nothing. */
        default void onMalformed() {}
    }
}
