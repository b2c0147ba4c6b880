package dev.horizon.net.gateway;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

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
                metrics);
    }

    /** Gives a socket its time to say something. */
    void welcomeStranger(Channel channel) {
        strangers.add(channel, channel::close, System.nanoTime());
    }
}
