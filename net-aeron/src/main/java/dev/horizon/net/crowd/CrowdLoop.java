package dev.horizon.net.crowd;

import dev.horizon.net.client.Trust;
import dev.horizon.net.driver.LineDriver;
import dev.horizon.net.line.LineAddress;
import dev.horizon.net.line.LineClient;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of all connections of a crowd. {@link #connect} and {@link #connectLine} are for
 * that thread, all else for any.
 */
public final class CrowdLoop implements AutoCloseable {
    /** Ports of one source address are few. */
    private static final int CLIENTS_PER_ADDRESS = 4_000;

    private static final int RECEIVE_BYTES = 8_192;

    private final List<InetSocketAddress> servers;
    private final boolean isEpoll = Epoll.isAvailable();
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final @Nullable SslContext tls;
    private volatile @Nullable Lines lines;

    private record Lines(LineClient client, LineAddress to) {}

    /** Starts it; nobody is connected yet. */
    public CrowdLoop(InetSocketAddress server) {
        this(List.of(server), null);
    }

    /**
     * The same for servers that may speak TLS.
     *
     * @param servers of which each is as good
     * @param trust in them; null for those that speak none
     */
    public CrowdLoop(List<InetSocketAddress> servers, @Nullable Trust trust) {
        this.servers = List.copyOf(servers);
        tls = trust == null ? null : trust.netty();
        group =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("crowd", true),
                        isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        loop = group.next();
    }

    /** Runs something on its thread, and waits until it is done. */
    public void run(Runnable work) {
        loop.submit(work).syncUninterruptibly();
    }

    /** Runs something on its thread, soon. */
    public void later(Runnable work) {
        loop.execute(work);
    }

    /** Runs something on its thread again and again, each time so long after the last. */
    public void everyMillis(long millis, Runnable work) {
        loop.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Begins a connection to the server whose turn it is by its number. */
    public CrowdClient connect(int number, CrowdListener listener) {
        return connect(number, 0, listener);
    }

    /**
     * Begins a connection.
     *
     * @param number of it: on the machine itself, each few thousand have a source address of their
     *     own
     * @param attempt of it: each goes to the next server
     */
    public CrowdClient connect(int number, int attempt, CrowdListener listener) {
        InetSocketAddress server = servers.get((number + attempt) % servers.size());
        CrowdClient client =
                new CrowdClient(server.getHostString() + ":" + server.getPort(), listener);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop)
                        .channel(isEpoll ? EpollSocketChannel.class : NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.RECVBUF_ALLOCATOR,
                                new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        if (tls != null) {
                                            channel.pipeline()
                                                    .addLast(tlsHandler(tls, channel, server));
                                        }
                                        channel.pipeline().addLast(client);
                                    }
                                });
        ChannelFuture connected =
                server.getAddress().isLoopbackAddress()
                        ? bootstrap.connect(
                                server,
                                new InetSocketAddress(
                                        "127.0.0." + (2 + number / CLIENTS_PER_ADDRESS), 0))
                        : bootstrap.connect(server);
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                client.fail("can't connect: " + done.cause().getMessage());
            }
        });
        return client;
    }

    /** Has {@link #connectLine} connect by this driver, which the caller closes after the loop. */
    public void lines(LineDriver driver, LineAddress to) {
        lines = new Lines(new LineClient(driver, Thread::startVirtualThread), to);
    }

    /** Begins a connection over Aeron, where {@link #lines} said to whom. */
    public CrowdClient connectLine(CrowdListener listener) {
        Lines over = lines;
        if (over == null) {
            throw new IllegalStateException("nobody said where lines go");
        }
        CrowdClient client = new CrowdClient(null, listener);
        over.client()
                .connect(
                        over.to(),
                        loop,
                        client,
                        fault -> later(() -> client.fail("can't connect: " + fault.getMessage())));
        return client;
    }

    private static SslHandler tlsHandler(
            SslContext context, SocketChannel channel, InetSocketAddress server) {
        return context.newHandler(channel.alloc(), server.getHostString(), server.getPort());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
