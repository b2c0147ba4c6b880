package dev.horizon.net.line;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway's end of all lines: takes those that come, up to a bound. Who comes beyond it, or asks
 * for longer logs than a line needs, is told so and gets none. Thread-safe.
 */
public final class LineServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineServer.class);
    private static final long CLOSE_SECONDS_MAX = 5;

    private final Aeron aeron;
    private final LineAddress address;
    private final EventLoopGroup loops;
    private final Supplier<ChannelHandler> handlers;
    private final Consumer<String> onRefused;
    private final Executor slow;
    private final int linesMax;
    private final LinePoller.Loops pollers = new LinePoller.Loops();
    private final Set<LineChannel> lines = ConcurrentHashMap.newKeySet();

    /** Images that are being made lines of, and lines. */
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();

    private final Publication port;
    private final Subscription requests;
    private volatile boolean isStopped;

    /**
     * Begins to take lines.
     *
     * @param slow runs what waits for Aeron's driver
     * @param handlers makes the first handler of each line
     * @param onRefused hears of each that is refused, with the reason
     * @throws io.aeron.exceptions.RegistrationException when the ports can't be had
     */
    public LineServer(
            Aeron aeron,
            LineAddress address,
            int linesMax,
            EventLoopGroup loops,
            Executor slow,
            Supplier<ChannelHandler> handlers,
            Consumer<String> onRefused) {
        this.aeron = aeron;
        this.address = address;
        this.linesMax = linesMax;
        this.loops = loops;
        this.slow = slow;
        this.handlers = handlers;
        this.onRefused = onRefused;
        port = aeron.addExclusivePublication(address.answersToNobody(), LineAddress.TO_CLIENT);
        try {
            requests =
                    aeron.addSubscription(
                            address.requests(),
                            LineAddress.TO_GATEWAY,
                            image -> slow.execute(() -> accept(image)),
                            image -> {});
        } catch (RuntimeException e) {
            port.close();
            throw e;
        }
    }

    private void accept(Image image) {
        InetAddress from = source(image);
        if (from == null || image.termBufferLength() > LineAddress.TERM_BYTES) {
            refuse(image, "a line's term-length is at most " + LineAddress.TERM_BYTES);
            return;
        }
        if (image.joinPosition() != 0) {
            refuse(image, "the line began with another gateway: begin anew");
            return;
        }
        if (isStopped) {
            refuse(image, "the gateway is stopping");
            return;
        }
        // The set's size alone could let more in than the bound, where two come at once.
        synchronized (taken) {
            if (taken.size() >= linesMax) {
                refuse(image, "the gateway has as many clients over Aeron as it takes");
                return;
            }
            taken.add(image.correlationId());
        }
        try {
            ExclusivePublication out =
                    aeron.addExclusivePublication(
                            address.answers(image.correlationId()), LineAddress.TO_CLIENT);
            open(image, out, from);
        } catch (RuntimeException e) {
            taken.remove(image.correlationId());
            refuse(image, "no answers can go to you: " + e.getMessage());
        }
    }

    private void open(Image image, ExclusivePublication out, InetAddress from) {
        LineChannel line =
                LineChannel.accepted(
                        image,
                        out,
                        () -> slow.execute(() -> release(image, out)),
                        new InetSocketAddress(from, 0));
        lines.add(line);
        line.closeFuture().addListener(closed -> lines.remove(line));
        line.pipeline().addLast(handlers.get());
        loops.register(line)
                .addListener(done -> {
                    if (done.isSuccess()) {
                        pollers.add(line);
                    } else {
                        line.unsafe().closeForcibly();
                    }
                });
    }

    /** What was said last still goes: Aeron's driver sends it, and then that it was the end. */
    private void release(Image image, ExclusivePublication out) {
        CloseHelper.close(out);
        if (!image.isClosed() && !image.isEndOfStream()) {
            reject(image, "the line is closed");
        }
        taken.remove(image.correlationId());
    }

    private void refuse(Image image, String why) {
        onRefused.accept(why);
        reject(image, why);
    }

    private static void reject(Image image, String why) {
        try {
            image.reject(why);
        } catch (RuntimeException e) {
            LOG.debug("The driver could not reject {}", image.sourceIdentity(), e);
        }
    }

    /** Where an image comes from, or null when that isn't understood. */
    private static @Nullable InetAddress source(Image image) {
        String identity = image.sourceIdentity();
        int colon = identity.lastIndexOf(':');
        String host = colon < 0 ? "" : identity.substring(0, colon).replaceAll("[\\[\\]]", "");
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** How many lines there are. */
    public int count() {
        return lines.size();
    }

    /** Takes no more lines; those that are there go on. */
    public void stop() {
        isStopped = true;
    }

    /** Closes all. */
    @Override
    public void close() {
        for (LineChannel line : lines) {
            line.close().awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        }
        CloseHelper.closeAll(requests, port);
    }
}
