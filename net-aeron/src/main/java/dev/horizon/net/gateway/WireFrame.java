package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * WebSocket frames as they go over the wire (RFC 6455, 5.2). A server's frames are unmasked, so one
 * encoded buffer serves every receiver: it is written past the WebSocket encoder.
 */
final class WireFrame {
    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    private static final int SMALL_MAX = 125;
    private static final int SHORT_MAX = 0xFFFF;

    /** Bytes of the longest header. */
    static final int HEADER_MAX = 10;

    private WireFrame() {}

    /** An entry of a bundle: a message behind its length, with one reference. */
    static ByteBuf entry(ByteBufAllocator allocator, DirectBuffer in, int offset, int length) {
        ByteBuf out = allocator.directBuffer(Short.BYTES + length);
        out.writeShortLE(length);
        if (in.byteBuffer() == null) {
            out.writeBytes(in.byteArray(), in.wrapAdjustment() + offset, length);
        } else {
            int from = in.wrapAdjustment() + offset;
            out.writeBytes(in.byteBuffer().duplicate().clear().position(from).limit(from + length));
        }
        return out;
    }

    /** A frame of the given bytes, with one reference. */
    static ByteBuf of(ByteBufAllocator allocator, int opcode, byte[] payload) {
        ByteBuf out = allocator.directBuffer(HEADER_MAX + payload.length);
        header(out, opcode, payload.length);
        return out.writeBytes(payload);
    }

    /** A close frame; the reason is cut to what a control frame holds. */
    static ByteBuf close(ByteBufAllocator allocator, int status, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        int length = Math.min(SMALL_MAX - 2, text.length);
        ByteBuf out = allocator.directBuffer(HEADER_MAX + SMALL_MAX);
        header(out, CLOSE, 2 + length);
        return out.writeShort(status).writeBytes(text, 0, length);
    }

    static void header(ByteBuf out, int opcode, int length) {
        out.writeByte(opcode);
        if (length <= SMALL_MAX) {
            out.writeByte(length);
        } else if (length <= SHORT_MAX) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }
}
