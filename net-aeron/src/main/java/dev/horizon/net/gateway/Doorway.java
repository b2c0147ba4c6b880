package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The only handler of a socket, or a line, that has not said anything: a silent connection costs no
 * decoder, no TLS and no buffer. It counts connections as long as they live.
 */
final class Doorway extends ChannelInboundHandlerAdapter {
    private static final int LINE_MAX = 4_096;
    private static final int HEADERS_MAX = 8_192;
    private static final int CHUNK_MAX = 8_192;

    /** The first byte of a TLS connection: a record of a handshake (RFC 8446, 5.1). */
    private static final int TLS_HANDSHAKE = 22;

    private static final byte[] TLS_ALONE = tlsAlone();

    private final GatewayParts parts;
    private final @Nullable SslContext tls;
    private final boolean isLine;
    private AddressBudgets.@Nullable Budget budget;
    private boolean isSecured;
    private boolean isSpeaking;

    private Doorway(GatewayParts parts, @Nullable SslContext tls, boolean isLine) {
        this.parts = parts;
        this.tls = tls;
        this.isLine = isLine;
    }

    /** Of a socket, which speaks HTTP first, behind TLS where the gateway does. */
    static Doorway ofSocket(GatewayParts parts) {
        return new Doorway(parts, parts.tls(), false);
    }

    /** Of a line, which carries a WebSocket's frames from the first byte on. */
    static Doorway ofLine(GatewayParts parts) {
        return new Doorway(parts, null, true);
    }

    private static byte[] tlsAlone() {
        String text = Refusal.NOT_TLS + ": this port speaks TLS alone: use https:// or wss://\n";
        return ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                        + "Content-Length: "
                        + text.length()
                        + "\r\n\r\n"
                        + text)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        long nowNanos = System.nanoTime();
        GatewayMetrics metrics = parts.metrics();
        metrics.accepted.increment();
        int open = metrics.connections.incrementAndGet();
        InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
        AddressBudgets.Budget mine =
                remote == null ? null : parts.budgets().of(remote.getAddress(), nowNanos);
        if (mine == null
                || open > parts.config().limits().connectionsMax()
                || !mine.connect(nowNanos)) {
            metrics.refused(Refusal.TOO_MANY);
            context.close();
            return;
        }
        budget = mine;
        parts.welcomeStranger(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (tls != null && !isSecured && budget != null) {
            secure(context, tls, (ByteBuf) message);
            return;
        }
        AddressBudgets.Budget mine = budget;
        if (mine != null && !isSpeaking) {
            isSpeaking = true;
            listen(context.pipeline(), mine);
        }
        context.fireChannelRead(message);
    }

    private void listen(ChannelPipeline pipeline, AddressBudgets.Budget mine) {
        if (isLine) {
            pipeline.addLast(new WebSocket13FrameDecoder(parts.framesMasked(false)));
            parts.play(pipeline.channel(), mine);
        } else {
            pipeline.addLast(
                    new HttpServerCodec(LINE_MAX, HEADERS_MAX, CHUNK_MAX),
                    new HttpObjectAggregator(parts.config().limits().requestBytesMax()),
                    new HttpFront(parts, mine));
        }
    }

    /** The first bytes of a connection, before there is a handler of TLS in front of this one. */
    private void secure(ChannelHandlerContext context, SslContext tls, ByteBuf first) {
        if (first.getByte(first.readerIndex()) == TLS_HANDSHAKE) {
            isSecured = true;
            context.pipeline().addFirst(parts.tlsHandler(tls, context.channel()));
            context.pipeline().fireChannelRead(first);
            return;
        }
        first.release();
        budget = null;
        parts.metrics().refused(Refusal.NOT_TLS);
        context.writeAndFlush(Unpooled.wrappedBuffer(TLS_ALONE))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            parts.metrics().refused(Refusal.NOT_TLS);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        parts.metrics().connections.decrementAndGet();
        parts.strangers().remove(context.channel());
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
