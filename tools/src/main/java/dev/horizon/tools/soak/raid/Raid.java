package dev.horizon.tools.soak.raid;

import dev.horizon.engine.schedule.Niceness;
import dev.horizon.net.client.Trust;
import dev.horizon.tools.soak.bots.TicketSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Raiders on a thread of their own: each comes again shortly after the server got rid of it, until
 * the raid is over. They stand for other machines, so their thread gives way to a tick on this one.
 */
public final class Raid implements AutoCloseable {
    private static final long AGAIN_MILLIS = 250;
    private static final int COMERS_PER_ROUND = 20;
    private static final long ROUND_MILLIS = 10;

    /** As bots do: ports of one source address are few. */
    private static final int RAIDERS_PER_ADDRESS = 4_000;

    private static final String FIRST_ADDRESS = "127.0.1.";

    private final InetSocketAddress server;
    private final @Nullable SslContext tls;
    private final TicketSource tickets;
    private final int raiders;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final ChannelGroup open;
    private final Map<RaidKind, Long> goneNanosMax = new EnumMap<>(RaidKind.class);
    private int come;
    private long connections;
    private long frames;
    private boolean isOver;
    private long cpuNanosBefore;

    private Raid(
            InetSocketAddress server, @Nullable Trust trust, TicketSource tickets, int raiders) {
        this.server = server;
        this.tls = trust == null ? null : trust.netty();
        this.tickets = tickets;
        this.raiders = raiders;
        this.group =
                new MultiThreadIoEventLoopGroup(
                        1, Niceness.threads("raid"), NioIoHandler.newFactory());
        this.loop = group.next();
        this.open = new DefaultChannelGroup(loop);
    }

    /**
     * Begins: so many raiders come, two thousand a second.
     *
     * @param trust in a server that speaks TLS; null for one that speaks none
     */
    public static Raid on(
            InetSocketAddress server, @Nullable Trust trust, TicketSource tickets, int raiders) {
        Raid raid = new Raid(server, trust, tickets, raiders);
        raid.loop.submit(() -> raid.cpuNanosBefore = cpuNanos()).syncUninterruptibly();
        raid.loop.scheduleAtFixedRate(raid::round, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);
        return raid;
    }

    /** What this thread has taken. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void round() {
        for (int i = 0; i < COMERS_PER_ROUND && come < raiders && !isOver; i++) {
            come(come++);
        }
    }

    private void come(int number) {
        RaidKind kind = RaidKind.of(number, tls != null);
        String player = "Raider " + number;
        if (kind.isPlayer()) {
            tickets.ticket(
                    player, ticket -> loop.execute(() -> connect(number, kind, player, ticket)));
        } else {
            connect(number, kind, player, null);
        }
    }

    private void connect(int number, RaidKind kind, String player, @Nullable String ticket) {
        if (isOver) {
            return;
        }
        Raider raider = new Raider(this, kind, player, ticket);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop)
                        .channel(NioSocketChannel.class)
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        if (tls != null && !kind.isBeforeTls()) {
                                            channel.pipeline()
                                                    .addLast(
                                                            tls.newHandler(
                                                                    channel.alloc(),
                                                                    server.getHostString(),
                                                                    server.getPort()));
                                        }
                                        channel.pipeline().addLast(raider);
                                    }
                                });
        Channel channel =
                (server.getAddress().isLoopbackAddress()
                                ? bootstrap.connect(
                                        server,
                                        new InetSocketAddress(
                                                FIRST_ADDRESS + (1 + number / RAIDERS_PER_ADDRESS),
                                                0))
                                : bootstrap.connect(server))
                        .channel();
        connections++;
        open.add(channel);
        channel.closeFuture().addListener(closed -> again(number));
    }

    private void again(int number) {
        if (!isOver) {
            loop.schedule(() -> come(number), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The server is rid of one; -1 for one that had done nothing yet. */
    void gone(Raider raider, long afterNanos) {
        if (!isOver && afterNanos >= 0) {
            goneNanosMax.merge(raider.kind, afterNanos, Math::max);
        }
    }

    /** As requests name it: others are refused. */
    String host() {
        return server.getHostString() + ":" + server.getPort();
    }

    void frames(int count) {
        frames += count;
    }

    /**
     * What came of it.
     *
     * @param connections that were made
     * @param frames that were malformed
     * @param goneSecondsMax from doing wrong to being gone, the longest; those who were still there
     *     at the end counted as far as they had come
     * @param cpuSeconds of a processor that the raiders took themselves
     * @param text how long, by kind, in words
     */
    public record Outcome(
            long connections, long frames, double goneSecondsMax, double cpuSeconds, String text) {}

    /** The kinds of which the server got rid of one at least; not for the raid's thread. */
    Set<RaidKind> gone() {
        Set<RaidKind> kinds = EnumSet.noneOf(RaidKind.class);
        loop.submit(() -> kinds.addAll(goneNanosMax.keySet())).syncUninterruptibly();
        return kinds;
    }

    /** Ends it: nobody comes any more, and all are gone. */
    public Outcome end() {
        List<Outcome> outcome = new ArrayList<>();
        loop.submit(
                        () -> {
                            open.forEach(channel -> {
                                Raider raider = channel.pipeline().get(Raider.class);
                                if (raider != null) {
                                    gone(raider, raider.ageNanos());
                                }
                            });
                            isOver = true;
                            open.close();
                            outcome.add(outcome());
                        })
                .syncUninterruptibly();
        return outcome.getFirst();
    }

    private Outcome outcome() {
        StringBuilder text = new StringBuilder();
        long longest = 0;
        for (Map.Entry<RaidKind, Long> each : goneNanosMax.entrySet()) {
            longest = Math.max(longest, each.getValue());
            text.append(text.isEmpty() ? "" : ", ")
                    .append(each.getKey().word())
                    .append(String.format(Locale.ROOT, " %.2f s", each.getValue() / 1e9));
        }
        double cpuSeconds = (cpuNanos() - cpuNanosBefore) / 1e9;
        return new Outcome(connections, frames, longest / 1e9, cpuSeconds, text.toString());
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
