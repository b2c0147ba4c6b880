package dev.horizon.net.streams;

import dev.horizon.engine.world.Tier;
import org.agrona.DirectBuffer;

/** Takes messages of the replication schema, header included; buffers are valid during a call. */
public interface FrameHandler {
    /** A frame of a watched channel. */
    void onFrame(Tier tier, long channelId, DirectBuffer buffer, int offset, int length);

    /** A message about several channels of one stream, such as a beacon; not filtered. */
    void onStreamMessage(Tier tier, DirectBuffer buffer, int offset, int length);
}
