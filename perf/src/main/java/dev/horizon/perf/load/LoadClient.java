package dev.horizon.perf.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One player: upgrades to a WebSocket, says hello, then counts what comes. Reads the server's
 * frames where they lie; only a frame that comes in parts is copied. Event loop thread.
 */
final class LoadClient extends ChannelInboundHandlerAdapter {
    private static final int OPCODE_TEXT = 1;
    private static final int OPCODE_BINARY = 2;
    private static final int OPCODE_CLOSE = 8;
    private static final int OPCODE_PING = 9;
    private static final int OPCODE_PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int MASK_BYTES = 4;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int TEXT_SHOWN_MAX = 300;

    /** Where a player stands. */
    enum State {
        /** The answer to the upgrade is awaited. */
        UPGRADING,
        /** The welcome is awaited. */
        GREETING,
        /** Welcomed. */
        PLAYING,
        /** The connection is gone. */
        GONE
    }

    private final LoadLoop loop;
    private final String player;
    private @Nullable ByteBuf partial;
    private @Nullable ChannelHandlerContext context;
    private State state = State.UPGRADING;
    private int sequence;

    final Ages ages = new Ages();
    final @Nullable Held held;
    long messages;
    long ticks;
    long bytes;
    long lastTick;
    long lastNanos;

    LoadClient(LoadLoop loop, String player, boolean counts) {
        this.loop = loop;
        this.player = player;
        this.held = counts ? new Held() : null;
    }

    State state() {
        return state;
    }

    void reset() {
        ages.reset();
        messages = 0;
        ticks = 0;
        bytes = 0;
        if (held != null) {
            held.reset();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        active.writeAndFlush(
                Unpooled.copiedBuffer(
                        "GET /play HTTP/1.1\r\nHost: "
                                + loop.host()
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
        if (state == State.UPGRADING && !upgrade(in)) {
            keep(in);
            return;
        }
        while (frame(in)) {}
        if (in.isReadable()) {
            keep(in);
        } else {
            in.release();
        }
    }

    private void keep(ByteBuf in) {
        ByteBuf rest = Unpooled.buffer(Math.max(256, 2 * in.readableBytes()));
        rest.writeBytes(in);
        in.release();
        partial = rest;
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
        state = State.GREETING;
        send(
                OPCODE_TEXT,
                "{\"namespace\":\"session\",\"event\":\"hello\",\"data\":{\"player\":\"%s\",\"ticket\":\"%s\",\"protocolVersion\":3}}"
                        .formatted(player, loop.ticket(player))
                        .getBytes(StandardCharsets.UTF_8));
        return true;
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
            length = (int) in.getLong(at + 2);
        }
        if (readable < head + length) {
            return false;
        }
        switch (opcode) {
            case OPCODE_BINARY -> binary(in, at + head, length, head + length);
            case OPCODE_TEXT -> text(in, at + head, length);
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
        in.readerIndex(at + head + length);
        return true;
    }

    private void binary(ByteBuf in, int at, int length, int wireBytes) {
        long nowNanos = loop.nowNanos();
        messages++;
        bytes += wireBytes;
        long tick = latestTick(in, at, length, lastTick);
        if (tick > lastTick) {
            ticks++;
            loop.arrived(this, tick, nowNanos);
            lastTick = tick;
            lastNanos = nowNanos;
        }
        if (held != null) {
            Wire.messages(in, at, length, held);
        }
    }

    /** What is near goes first, and says the tick; without it, the first frame does. */
    private static long latestTick(ByteBuf in, int at, int length, long before) {
        int first = in.getUnsignedShortLE(at + 4) == 2 ? at : at + 2;
        return length < Wire.HEADER_BYTES + 16 ? 0 : Wire.tick(in, first, before);
    }

    private void text(ByteBuf in, int at, int length) {
        String text = in.toString(at, Math.min(length, TEXT_SHOWN_MAX), StandardCharsets.UTF_8);
        if (text.contains("\"event\":\"welcome\"")) {
            state = State.PLAYING;
            loop.playing(this);
        } else if (text.contains("\"event\":\"refused\"")) {
            loop.refused(text);
        }
    }

    /** Sends the stick; pays the gateway what a player's inputs cost. */
    void steer(ByteBuf payload, int eventType) {
        ChannelHandlerContext active = context;
        if (active == null || state != State.PLAYING) {
            return;
        }
        int length = 8 + 6 + 4 + payload.readableBytes();
        ByteBuf out = active.alloc().directBuffer(2 + MASK_BYTES + length);
        out.writeByte(FINAL | OPCODE_BINARY).writeByte(MASKED | length).writeInt(0);
        out.writeShortLE(6).writeShortLE(2).writeShortLE(1).writeShortLE(0);
        out.writeIntLE(++sequence).writeShortLE(eventType);
        out.writeIntLE(payload.readableBytes());
        out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        active.writeAndFlush(out, active.voidPromise());
    }

    /** A client's frames are masked; a mask of zeros changes nothing. */
    private void send(int opcode, byte[] payload) {
        ChannelHandlerContext active = context;
        if (active == null) {
            return;
        }
        ByteBuf out = active.alloc().directBuffer(8 + payload.length);
        out.writeByte(FINAL | opcode);
        if (payload.length < LENGTH_16) {
            out.writeByte(MASKED | payload.length);
        } else {
            out.writeByte(MASKED | LENGTH_16).writeShort(payload.length);
        }
        out.writeInt(0).writeBytes(payload);
        active.writeAndFlush(out, active.voidPromise());
    }

    /** Cuts the connection without a word. */
    void end() {
        state = State.GONE;
        ChannelHandlerContext active = context;
        if (active != null) {
            active.close();
        }
    }

    private void fail(String why) {
        loop.lost(this, why);
        state = State.GONE;
        ChannelHandlerContext active = context;
        if (active != null) {
            active.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext active) {
        if (state != State.GONE) {
            loop.lost(this, "the connection ended");
            state = State.GONE;
        }
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
