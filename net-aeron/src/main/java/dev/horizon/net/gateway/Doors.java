package dev.horizon.net.gateway;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.schedule.Niceness;
import dev.horizon.net.driver.LineDriver;
import dev.horizon.net.line.LineAddress;
import dev.horizon.net.line.LineServer;
import io.aeron.exceptions.AeronException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Where clients come in: a port for sockets and, where that is wanted, lines over Aeron. One and
 * the same event loops have both. Closed by one thread.
 */
final class Doors implements AutoCloseable {
    private static final int BACKLOG = 8_192;
    private static final long SWEEP_MILLIS = 100;
    private static final long FORGET_SECONDS = 10;
    private static final int CLOSE_SECONDS_MAX = 5;

    private final GatewayParts parts;
    private final boolean isEpoll = Epoll.isAvailable();
    private final EventLoopGroup loops;
    private final Channel server;
    private @Nullable LineDriver driver;
    private @Nullable LineServer lines;

    /**
     * Opens them.
     *
     * @throws HorizonException HZ-GW-001 when a port can't be had
     */
    Doors(GatewayParts parts, InetAddress address) {
        this.parts = parts;
        loops =
                new MultiThreadIoEventLoopGroup(
                        parts.config().eventLoopThreads(),
                        new SocketThreads(),
                        isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            server = bind(new InetSocketAddress(address, parts.config().port()));
        } catch (RuntimeException e) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
        try {
            openLines();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        loops.next()
                .scheduleAtFixedRate(
                        () -> parts.strangers().sweep(System.nanoTime()),
                        SWEEP_MILLIS,
                        SWEEP_MILLIS,
                        TimeUnit.MILLISECONDS);
        loops.next()
                .scheduleAtFixedRate(
                        () -> parts.budgets().forgetIdle(System.nanoTime()),
                        FORGET_SECONDS,
                        FORGET_SECONDS,
                        TimeUnit.SECONDS);
    }

    private Channel bind(InetSocketAddress address) {
        var bound =
                new ServerBootstrap()
                        .group(loops)
                        .channel(
                                isEpoll
                                        ? EpollServerSocketChannel.class
                                        : NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(
                                ChannelOption.SO_SNDBUF, parts.config().queues().sendBufferBytes())
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline().addLast(Doorway.ofSocket(parts));
                                    }
                                })
                        .bind(address)
                        .awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        throw new HorizonException(
                Refusal.PORT_TAKEN,
                "can't listen on "
                        + address
                        + ": "
                        + bound.cause().getMessage()
                        + "; stop what listens there, or set gateway.port (0 takes any free one)",
                bound.cause());
    }

    private WriteBufferWaterMark waterMark() {
        int sendBuffer = parts.config().queues().sendBufferBytes();
        return new WriteBufferWaterMark(sendBuffer, 2 * sendBuffer);
    }

    private void openLines() {
        GatewayConfig.Aeron wanted = parts.config().aeron();
        if (!wanted.isOn()) {
            return;
        }
        LineAddress address = LineAddress.parse("gateway.aeron", wanted.address());
        LineDriver started = LineDriver.start();
        driver = started;
        try {
            lines =
                    new LineServer(
                            started.aeron(),
                            address,
                            wanted.clientsMax(),
                            loops,
                            parts.threads(),
                            () ->
                                    new ChannelInitializer<Channel>() {
                                        @Override
                                        protected void initChannel(Channel channel) {
                                            channel.config().setWriteBufferWaterMark(waterMark());
                                            channel.pipeline().addLast(Doorway.ofLine(parts));
                                        }
                                    },
                            why -> parts.metrics().refused(Refusal.TOO_MANY));
        } catch (AeronException e) {
            throw new HorizonException(
                    Refusal.PORT_TAKEN,
                    "can't take clients over Aeron at "
                            + wanted.address()
                            + " and the port behind it: "
                            + e.getMessage()
                            + "; stop what has them, or set gateway.aeron",
                    e);
        }
    }

    /** The port of sockets. */
    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    boolean isClosed() {
        return loops.isShuttingDown();
    }

    /** From now on nobody else comes in. */
    void stop() {
        server.close().awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        if (lines != null) {
            lines.stop();
        }
    }

    /** Ends all connections, after what was to be said to them. */
    @Override
    public void close() {
        stop();
        sayWhatWaits();
        CloseHelper.close(lines);
        loops.shutdownGracefully(50, CLOSE_SECONDS_MAX * 1_000L, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        CloseHelper.close(driver);
    }

    /** A loop that shuts down closes its connections first, then runs what waited for it. */
    private void sayWhatWaits() {
        for (EventExecutor loop : loops) {
            loop.submit(() -> {}).awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        }
    }

    /** They give way to ticks, as the agent does. */
    private static final class SocketThreads extends DefaultThreadFactory {
        SocketThreads() {
            super("gateway-io", true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return super.newThread(Niceness.giving(task), name);
        }
    }
}
