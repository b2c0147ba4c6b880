package dev.horizon.net.gateway;

import io.netty.channel.Channel;
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

    Connection connection(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        return new Connection(channel, remote.getAddress(), metrics, System.nanoTime());
    }

    PlayHandler playHandler(Connection connection, AddressBudgets.Budget budget) {
        return new PlayHandler(
                connection,
                new Ingress(connection, edge),
                config,
                budget,
                strangers,
                edge.commands(),
                edge.offenders(),
                metrics);
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
