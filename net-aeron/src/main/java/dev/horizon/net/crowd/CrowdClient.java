package dev.horizon.net.crowd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One connection: upgrades to a WebSocket, where it is no line that carries frames from the
 * beginning, says hello, then hands on what comes. Reads the server's frames where they lie; only a
 * frame that comes in parts is copied. The crowd's thread alone.
 */
public final class CrowdClient extends ChannelInboundHandlerAdapter {
    private static final int PARTIAL_BYTES_MIN = 256;
    private static final int OPCODE_TEXT = 1;
    private static final int OPCODE_BINARY = 2;
    private static final int OPCODE_CLOSE = 8;
    private static final int OPCODE_PING = 9;
    private static final int OPCODE_PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;

    /** No server sends longer messages. */
    private static final int LENGTH_MAX = 16 << 20;

    private static final int MASK_BYTES = 4;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Template of the session schema for an input whose latest counts. */
    private static final int INPUT_TEMPLATE = 2;

    private static final int INPUT_BLOCK_BYTES = 6;
    private static final int SESSION_SCHEMA = 1;
    private static final int INPUT_HEAD_BYTES = 8 + INPUT_BLOCK_BYTES + Integer.BYTES;

    private enum State {
        UPGRADING,
        OPEN,
        GONE
    }

    private final @Nullable String host;
    private final CrowdListener listener;
    private @Nullable ByteBuf partial;
    private @Nullable ChannelHandlerContext context;
    private State state = State.UPGRADING;

    /**
     * Of a connection that begins.
     *
     * @param host at which it asks for a WebSocket; null for a line
     */
    CrowdClient(@Nullable String host, CrowdListener listener) {
        this.host = host;
        this.listener = listener;
    }

    /** True once it is ended, by whom ever. */
    public boolean isGone() {
        return state == State.GONE;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        if (isGone()) {
            active.close();
            return;
        }
        context = active;
        if (host == null) {
            begin();
            return;
        }
        active.writeAndFlush(
                Unpooled.copiedBuffer(
                        "GET /play HTTP/1.1\r\nHost: "
                                + host
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: aG9yaXpvbi1iZW5jaC1sb2FkZQ==\r\n"
                                + "Sec-WebSocket-Version: 13\r\n\r\n",
                        StandardCharsets.US_ASCII),
                active.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf before = partial;
        if (before != null) {
            before.writeBytes(in);
            in.release();
            in = before;
            partial = null;
        }
        boolean isOpen = state == State.OPEN || (state == State.UPGRADING && upgrade(in));
        while (isOpen && state == State.OPEN && frame(in)) {}
        if (in.isReadable() && !isGone()) {
            partial = in == before ? before.discardSomeReadBytes() : moved(active, in);
        } else {
            in.release();
        }
    }

    /** The beginning of a frame, of which the rest comes, in a buffer of its own. */
    private static ByteBuf moved(ChannelHandlerContext active, ByteBuf in) {
        ByteBuf rest =
                active.alloc().directBuffer(Math.max(PARTIAL_BYTES_MIN, 2 * in.readableBytes()));
        rest.writeBytes(in);
        in.release();
        return rest;
    }

    private boolean upgrade(ByteBuf in) {
        int end = indexOfEnd(in);
        if (end < 0) {
            return false;
        }
        String head = in.readCharSequence(end, StandardCharsets.US_ASCII).toString();
        if (!head.startsWith("HTTP/1.1 101")) {
            fail("no upgrade: " + head.lines().findFirst().orElse(""));
            return false;
        }
        begin();
        return true;
    }

    private void begin() {
        state = State.OPEN;
        sendEvent("session", "hello", listener.hello());
    }

    private static int indexOfEnd(ByteBuf in) {
        for (int at = in.readerIndex(); at + END_OF_HEAD.length <= in.writerIndex(); at++) {
            int same = 0;
            while (same < END_OF_HEAD.length && in.getByte(at + same) == END_OF_HEAD[same]) {
                same++;
            }
            if (same == END_OF_HEAD.length) {
                return at + same - in.readerIndex();
            }
        }
        return -1;
    }

    /**
     * Takes one WebSocket frame; false when it isn't all there. A server's frames aren't masked.
     */
    private boolean frame(ByteBuf in) {
        int at = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 2) {
            return false;
        }
        int opcode = in.getByte(at) & 0x0F;
        int length = in.getByte(at + 1) & 0x7F;
        int head = 2;
        if (length == LENGTH_16) {
            head = 4;
            if (readable < head) {
                return false;
            }
            length = in.getUnsignedShort(at + 2);
        } else if (length > LENGTH_16) {
            head = 10;
            if (readable < head) {
                return false;
            }
            long claimed = in.getLong(at + 2);
            if (claimed < 0 || claimed > LENGTH_MAX) {
                fail("a frame of %d bytes, opcode %d".formatted(claimed, opcode));
                return false;
            }
            length = (int) claimed;
        }
        if (readable < head + length) {
            return false;
        }
        in.readerIndex(at + head + length);
        switch (opcode) {
            case OPCODE_BINARY -> listener.onBinary(in, at + head, length, head + length);
            case OPCODE_TEXT -> listener.onText(in, at + head, length);
            case OPCODE_PING -> {
                byte[] payload = new byte[length];
                in.getBytes(at + head, payload);
                send(OPCODE_PONG, payload);
            }
            case OPCODE_CLOSE -> fail("closed by the server");
            default -> {
                // Pongs.
            }
        }
        return true;
    }

    /**
     * Says something in the envelope of JSON.
     *
     * @param data the fields as a JSON object
     */
    public void sendEvent(String namespace, String event, String data) {
        send(
                OPCODE_TEXT,
                ("{\"namespace\":\"" + namespace + "\",\"event\":\"" + event + "\",\"data\":")
                        .concat(data)
                        .concat("}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends an input whose latest counts, such as a stick's.
     *
     * @param payload up to a hundred bytes; stays the caller's
     */
    public void sendInput(int sequence, int eventType, ByteBuf payload) {
        ChannelHandlerContext active = context;
        if (active == null || state != State.OPEN) {
            return;
        }
        int length = INPUT_HEAD_BYTES + payload.readableBytes();
        if (length >= LENGTH_16) {
            throw new IllegalArgumentException(length + " bytes of an input");
        }
        ByteBuf out = active.alloc().directBuffer(2 + MASK_BYTES + length);
        head(out, OPCODE_BINARY, length);
        out.writeShortLE(INPUT_BLOCK_BYTES).writeShortLE(INPUT_TEMPLATE);
        out.writeShortLE(SESSION_SCHEMA).writeShortLE(0);
        out.writeIntLE(sequence).writeShortLE(eventType);
        out.writeIntLE(payload.readableBytes());
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        active.writeAndFlush(out, active.voidPromise());
    }

    private void send(int opcode, byte[] payload) {
        ChannelHandlerContext active = context;
        if (active == null || state == State.GONE) {
            return;
        }
        ByteBuf out = active.alloc().directBuffer(8 + payload.length);
        head(out, opcode, payload.length);
        active.writeAndFlush(out.writeBytes(payload), active.voidPromise());
    }

    /** A client's frames on a socket are masked; a mask of zeros changes nothing. */
    private void head(ByteBuf out, int opcode, int length) {
        int mask = host == null ? 0 : MASKED;
        out.writeByte(FINAL | opcode);
        if (length < LENGTH_16) {
            out.writeByte(mask | length);
        } else {
            out.writeByte(mask | LENGTH_16).writeShort(length);
        }
        if (mask != 0) {
            out.writeInt(0);
        }
    }

    /** Reads on, or leaves what comes in the socket's buffers: a network that stalls. */
    public void reads(boolean isReading) {
        ChannelHandlerContext active = context;
        if (active != null) {
            active.channel().config().setAutoRead(isReading);
        }
    }

    /** Cuts the connection without a word. */
    public void end() {
        state = State.GONE;
        ChannelHandlerContext active = context;
        if (active != null) {
            active.close();
        }
    }

    void fail(String why) {
        if (state != State.GONE) {
            end();
            listener.onGone(why);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext active) {
        fail("the connection ended");
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
        fail(cause.toString());
    }
}
