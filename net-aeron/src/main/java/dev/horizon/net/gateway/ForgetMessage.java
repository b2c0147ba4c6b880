package dev.horizon.net.gateway;

import dev.horizon.schemas.replication.ForgetEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells a client that a channel comes no more. Agent thread. */
final class ForgetMessage {
    private final UnsafeBuffer message =
            new UnsafeBuffer(
                    new byte[MessageHeaderEncoder.ENCODED_LENGTH + ForgetEncoder.BLOCK_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ForgetEncoder encoder = new ForgetEncoder();

    /** An entry of a bundle, with one reference. */
    ByteBuf entry(ByteBufAllocator allocator, long channelId, long tick) {
        encoder.wrapAndApplyHeader(message, 0, header).channelId(channelId).tick(tick);
        return WireFrame.entry(allocator, message, 0, message.capacity());
    }
}
