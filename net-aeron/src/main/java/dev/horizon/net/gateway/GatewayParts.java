package dev.horizon.net.gateway;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** What all connections of a gateway share. Thread-safe. */
record GatewayParts(
        GatewayConfig config,
        GatewayMetrics metrics,
        AddressBudgets budgets,
        Strangers strangers,
        Origins origins,
        HttpRoutes routes,
        Semaphore handlers,
        Executor threads,
        @Nullable SslContext tls,
        Ingress.Edge edge) {

    /** How the frames of clients are read; those of sockets are masked (RFC 6455, 5.3). */
    WebSocketDecoderConfig framesMasked(boolean isMasked) {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(isMasked)
                .maxFramePayloadLength(config.limits().frameBytesMax())
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    /** From now on a channel carries a client's frames, and has its time for a hello. */
    void play(Channel channel, AddressBudgets.Budget budget) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Connection connection =
                new Connection(channel, remote.getAddress(), metrics, System.nanoTime());
        channel.pipeline()
                .addLast(
                        new WebSocketFrameAggregator(config.limits().frameBytesMax()),
                        new PlayHandler(
                                connection,
                                new Ingress(connection, edge),
                                config,
                                budget,
                                strangers,
                                edge.commands(),
                                edge.offenders(),
                                metrics));
        strangers.add(
                channel,
                () ->
                        connection.refuse(
                                Refusal.closing(
                                        Refusal.HELLO_TIMEOUT,
                                        "no hello came in time: send session.hello first")),
                System.nanoTime());
    }

    /**
     * Speaks TLS for one connection; its signatures are worked out off the event loop. The time for
     * a handshake is that of any stranger.
     */
    SslHandler tlsHandler(SslContext context, Channel channel) {
        SslHandler handler = context.newHandler(channel.alloc(), threads);
        handler.setHandshakeTimeoutMillis(config.timeouts().helloMillis());
        handler.setCloseNotifyFlushTimeoutMillis(Connection.FAREWELL_MILLIS);
        return handler;
    }

    /** Gives a socket its time to say something. */
    void welcomeStranger(Channel channel) {
        strangers.add(channel, channel::close, System.nanoTime());
    }
}
