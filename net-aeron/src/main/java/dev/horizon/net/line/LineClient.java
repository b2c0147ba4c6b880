package dev.horizon.net.line;

import dev.horizon.net.driver.LineDriver;
import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/** The clients' end of lines. Thread-safe. */
public final class LineClient {
    private final Aeron aeron;
    private final Executor slow;
    private final LinePoller.Loops pollers = new LinePoller.Loops();
    private final Map<Long, LineChannel> byPublication = new ConcurrentHashMap<>();

    /**
     * Opens lines by a driver, which must outlive them.
     *
     * @param slow runs what waits for Aeron's driver
     */
    public LineClient(LineDriver driver, Executor slow) {
        this.aeron = driver.aeron();
        this.slow = slow;
        driver.onRejected(this::rejected);
    }

    /**
     * Begins a line: its handler is told when it is there ({@code channelActive}), why it never
     * was, and when it ends.
     *
     * @param onFault hears what Aeron's driver didn't do, on any thread; then there is no line
     */
    public void connect(
            LineAddress to, EventLoop loop, ChannelHandler handler, Consumer<Exception> onFault) {
        slow.execute(() -> {
            Subscription answers = null;
            try {
                answers = aeron.addSubscription(to.answers(), LineAddress.TO_CLIENT);
                open(to, loop, handler, answers);
            } catch (RuntimeException e) {
                CloseHelper.close(answers);
                onFault.accept(e);
            }
        });
    }

    private void open(
            LineAddress to, EventLoop loop, ChannelHandler handler, Subscription answers) {
        ExclusivePublication out =
                aeron.addExclusivePublication(
                        to.requests(answers.registrationId()), LineAddress.TO_GATEWAY);
        LineChannel line =
                new LineChannel(
                        out,
                        () -> answers.imageCount() == 0 ? null : answers.imageAtIndex(0),
                        () -> slow.execute(() -> release(out, answers)),
                        InetSocketAddress.createUnresolved(to.host(), to.port()));
        byPublication.put(out.registrationId(), line);
        line.pipeline().addLast(handler);
        loop.register(line)
                .addListener(done -> {
                    if (done.isSuccess()) {
                        pollers.add(line);
                    } else {
                        line.unsafe().closeForcibly();
                    }
                });
    }

    private void release(ExclusivePublication out, Subscription answers) {
        byPublication.remove(out.registrationId());
        CloseHelper.closeAll(out, answers);
    }

    private void rejected(long publication, String why) {
        LineChannel line = byPublication.get(publication);
        // Who has a line hears its last words, and then that it ends.
        if (line != null && line.isRegistered() && !line.isActive()) {
            line.eventLoop().execute(() -> line.fail(new IOException(why)));
        }
    }
}
