package dev.horizon.net.line;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One line: bytes in order each way, over two streams of Aeron. Where one message ends the bytes
 * don't say, as with a socket. Its event loop polls it and owns it.
 */
public final class LineChannel extends AbstractChannel {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    /** Taken at a time, so that one client doesn't keep the others waiting: a burst of inputs. */
    private static final int FRAGMENTS_MAX = 32;

    /** Buffers of Netty's that go into one datagram. */
    private static final int PARTS_MAX = 32;

    /** At the end of a term an offer fails once, and the next one is behind it. */
    private static final int CLAIMS_MAX = 3;

    private static final long CONNECT_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final ExclusivePublication out;
    private final Supplier<@Nullable Image> arriving;
    private final Runnable release;
    private final InetSocketAddress remote;
    private final BufferClaim claim = new BufferClaim();
    private final FragmentHandler taking = this::take;
    private final long begunNanos = System.nanoTime();
    private @Nullable Image in;
    private boolean wasConnected;
    private volatile boolean isActive;
    private volatile boolean isOpen = true;

    /**
     * A line, which nobody polls before its loop has it.
     *
     * @param out to the other side; the line's own
     * @param arriving what comes from there, null while nothing does
     * @param release of both, once it is closed; any thread
     * @param remote the other side
     */
    LineChannel(
            ExclusivePublication out,
            Supplier<@Nullable Image> arriving,
            Runnable release,
            InetSocketAddress remote) {
        super(null);
        this.out = out;
        this.arriving = arriving;
        this.release = release;
        this.remote = remote;
    }

    /** The same at the gateway's end, where the client has come already. */
    static LineChannel accepted(
            Image image, ExclusivePublication out, Runnable release, InetSocketAddress remote) {
        LineChannel line = new LineChannel(out, () -> image, release, remote);
        line.in = image;
        line.isActive = true;
        return line;
    }

    /** Takes what came, hands on what waits, and notices what ended; event loop. */
    void poll() {
        if (!isOpen) {
            return;
        }
        Image from = in;
        if (from == null) {
            connect();
            return;
        }
        if (config.isAutoRead() && from.poll(taking, FRAGMENTS_MAX) > 0) {
            pipeline().fireChannelReadComplete();
        }
        wasConnected |= out.isConnected();
        if (from.isClosed() || from.isEndOfStream() || wasConnected && !out.isConnected()) {
            close();
        } else {
            ((LineUnsafe) unsafe()).flushWhatWaits();
        }
    }

    private void connect() {
        Image first = arriving.get();
        if (first != null && out.isConnected()) {
            in = first;
            isActive = true;
            wasConnected = true;
            pipeline().fireChannelActive();
        } else if (System.nanoTime() - begunNanos > CONNECT_NANOS_MAX) {
            fail(new ConnectException("nobody answers at " + remote + " over Aeron"));
        }
    }

    /** Ends for a reason that a handler is told; event loop. */
    void fail(Throwable why) {
        if (isOpen) {
            pipeline().fireExceptionCaught(why);
            close();
        }
    }

    private void take(DirectBuffer buffer, int offset, int length, Header header) {
        if (isOpen) {
            ByteBuf bytes = alloc().directBuffer(length);
            buffer.getBytes(offset, bytes.internalNioBuffer(0, length), length);
            pipeline().fireChannelRead(bytes.writerIndex(length));
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
        int failed = 0;
        while (waiting.current() != null && failed < CLAIMS_MAX) {
            ByteBuffer[] parts = waiting.nioBuffers(PARTS_MAX, out.maxPayloadLength());
            int count = waiting.nioBufferCount();
            int length = (int) Math.min(waiting.nioBufferSize(), out.maxPayloadLength());
            if (length == 0) {
                waiting.remove();
                continue;
            }
            long result = out.tryClaim(length, claim);
            if (result > 0) {
                gather(parts, count, length);
                claim.commit();
                waiting.removeBytes(length);
            } else if (result == Publication.ADMIN_ACTION) {
                failed++;
            } else {
                // Nobody listens yet, or doesn't drain: the next poll tries again, or ends it.
                return;
            }
        }
    }

    /** Takes bytes off their buffers, too: Netty keeps these for what is left of a message. */
    private void gather(ByteBuffer[] parts, int count, int length) {
        int at = 0;
        for (int i = 0; i < count && at < length; i++) {
            ByteBuffer part = parts[i];
            int bytes = Math.min(part.remaining(), length - at);
            claim.buffer().putBytes(claim.offset() + at, part, bytes);
            at += bytes;
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("a line takes bytes, not " + message.getClass());
    }

    @Override
    protected void doClose() {
        isOpen = false;
        isActive = false;
        release.run();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean isActive() {
        return isActive;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new LineUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null; // Aeron's driver has it.
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("a line has no address of its own");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBeginRead() {
        // Each poll reads, while the configuration says so.
    }

    private final class LineUnsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress to, SocketAddress from, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("a line comes connected"));
        }

        /** What was flushed and found no room. */
        void flushWhatWaits() {
            super.flush0();
        }
    }
}
