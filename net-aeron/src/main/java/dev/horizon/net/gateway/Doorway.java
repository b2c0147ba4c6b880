package dev.horizon.net.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The only handler of a socket that has not said anything: a silent connection costs no decoder and
 * no buffer. It counts sockets as long as they live.
 */
final class Doorway extends ChannelInboundHandlerAdapter {
    private static final int LINE_MAX = 4_096;
    private static final int HEADERS_MAX = 8_192;
    private static final int CHUNK_MAX = 8_192;

    private final GatewayParts parts;
    private AddressBudgets.@Nullable Budget budget;
    private boolean isSpeaking;

    Doorway(GatewayParts parts) {
        this.parts = parts;
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
        AddressBudgets.Budget mine = budget;
        if (mine != null && !isSpeaking) {
            isSpeaking = true;
            context.pipeline()
                    .addLast(
                            new HttpServerCodec(LINE_MAX, HEADERS_MAX, CHUNK_MAX),
                            new HttpObjectAggregator(parts.config().limits().requestBytesMax()),
                            new HttpFront(parts, mine));
        }
        context.fireChannelRead(message);
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
