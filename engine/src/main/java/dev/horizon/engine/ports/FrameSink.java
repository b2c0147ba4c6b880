package dev.horizon.engine.ports;

import dev.horizon.engine.world.Tier;
import org.agrona.DirectBuffer;

/** Where released frames go. Called by the tick thread; never waits. */
public interface FrameSink {
    /**
     * Publishes one message of the replication schema, header included, to the stream of its
     * channel.
     *
     * @return false when it could not be taken; the caller marks its rows dirty again
     */
    boolean offer(Tier tier, long channelId, DirectBuffer buffer, int offset, int length);
}
