package dev.horizon.tools.soak.raid;

import dev.horizon.tools.soak.bots.Fleet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One bad connection. Its event loop's alone. */
final class Raider extends ChannelInboundHandlerAdapter {
    private static final int FRAMES_AT_ONCE = 64;
    private static final int OVERSIZE_BYTES = 1 << 20;
    private static final int BEGUN_BYTES = 8 << 10;
    private static final long DRIP_MILLIS = 400;
    private static final long REPEAT_MILLIS = 50;
    private static final int REPEATS = 50;

    /** Of {@code ship:controls}. */
    private static final int CONTROLS_BYTES = 33;

    private static final int INPUT_BYTES = 18 + CONTROLS_BYTES;
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_BINARY = 0x82;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MASK_BYTES = 4;

    private static final String UPGRADE =
            "GET /play HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: aG9yaXpvbi1iZW5jaC1sb2FkZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\n\r\n";

    final RaidKind kind;
    private final String player;
    private final @Nullable String ticket;
    private final Raid raid;
    private boolean isUpgraded;
    private boolean isPlaying;

    /** When it began to do wrong; 0 before. */
    private long offendedNanos;

    Raider(Raid raid, RaidKind kind, String player, @Nullable String ticket) {
        this.raid = raid;
        this.kind = kind;
        this.player = player;
        this.ticket = ticket;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        switch (kind) {
            case SILENT -> offend();
            case HALF_HANDSHAKE -> {
                offend();
                // A record of a handshake with a ClientHello of 512 bytes, of which little comes.
                say(context, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003");
                drip(context);
            }
            case HALF_OPEN -> {
                offend();
                say(context, "GET /play HTTP/1.1\r\nHost: raid\r\nX-Slow: ");
                drip(context);
            }
            default -> say(context, UPGRADE.formatted(raid.host()));
        }
    }

    private void offend() {
        if (offendedNanos == 0) {
            offendedNanos = System.nanoTime();
        }
    }

    private void drip(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            say(context, "a");
            context.executor().schedule(() -> drip(context), DRIP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void say(ChannelHandlerContext context, String text) {
        context.writeAndFlush(
                Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1), context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!isUpgraded) {
                isUpgraded = in.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 101");
                if (isUpgraded) {
                    upgraded(context);
                }
            } else if (kind.isPlayer() && !isPlaying) {
                isPlaying = in.toString(StandardCharsets.US_ASCII).contains("\"welcome\"");
                if (isPlaying) {
                    repeat(context);
                }
            }
        } finally {
            in.release();
        }
    }

    private void upgraded(ChannelHandlerContext context) {
        ByteBuf out = context.alloc().buffer();
        switch (kind) {
            case MALFORMED -> {
                for (int i = 0; i < FRAMES_AT_ONCE; i++) {
                    // A reserved operation, all reserved bits, no mask.
                    out.writeByte(0xFB).writeByte(3).writeMedium(i * 0x010203);
                }
                raid.frames(FRAMES_AT_ONCE);
                offend();
            }
            case OVERSIZE -> {
                out.writeByte(FINAL_BINARY).writeByte(MASKED | LENGTH_64);
                out.writeLong(OVERSIZE_BYTES).writeInt(0).writeZero(BEGUN_BYTES);
                offend();
            }
            case FORGED -> {
                text(out, hello("v1.QWRh.Zm9yZ2Vk"));
                offend();
            }
            default -> text(out, hello(ticket == null ? "" : ticket));
        }
        context.writeAndFlush(out, context.voidPromise());
    }

    private String hello(String with) {
        return "{\"namespace\":\"session\",\"event\":\"hello\",\"data\":{\"player\":\""
                + player
                + "\",\"ticket\":\""
                + with
                + "\",\"protocolVersion\":3}}";
    }

    /** Until the server has enough of it. */
    private void repeat(ChannelHandlerContext context) {
        if (!context.channel().isActive()) {
            return;
        }
        offend();
        ByteBuf out = context.alloc().buffer();
        for (int i = 0; i < REPEATS; i++) {
            if (kind == RaidKind.FLOOD) {
                text(
                        out,
                        "{\"namespace\":\"chat\",\"event\":\"message\",\"data\":{\"message\":\""
                                + i
                                + "\"}}");
            } else {
                out.writeByte(FINAL_BINARY).writeByte(MASKED | INPUT_BYTES).writeInt(0);
                out.writeShortLE(6).writeShortLE(2).writeShortLE(1).writeShortLE(0);
                out.writeIntLE(1).writeShortLE(Fleet.CONTROLS).writeIntLE(CONTROLS_BYTES);
                out.writeZero(CONTROLS_BYTES);
            }
        }
        context.writeAndFlush(out, context.voidPromise());
        context.executor().schedule(() -> repeat(context), REPEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A client's frames are masked; a mask of zeros changes nothing. */
    private static void text(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(FINAL_TEXT);
        if (bytes.length < LENGTH_16) {
            out.writeByte(MASKED | bytes.length);
        } else {
            out.writeByte(MASKED | LENGTH_16).writeShort(bytes.length);
        }
        out.writeZero(MASK_BYTES).writeBytes(bytes);
    }

    /** Since it began to do wrong; -1 before. */
    long ageNanos() {
        return offendedNanos == 0 ? -1 : System.nanoTime() - offendedNanos;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        raid.gone(this, ageNanos());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
