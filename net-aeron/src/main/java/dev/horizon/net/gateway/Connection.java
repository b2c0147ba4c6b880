package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket. Its event loop owns it; methods that say so may be called from any thread. */
final class Connection {
    /** A client that doesn't read gets this long to take the reason why it is closed. */
    static final int FAREWELL_MILLIS = 500;

    private static final byte[] NOTHING = {};

    private final Channel channel;

    /** Of the doorway: what is encoded already passes no other handler but TLS. */
    private final ChannelHandlerContext first;

    private final EventLoop loop;

    /** Past the pipeline and its queue; null with TLS or where the transport has no such way. */
    private final @Nullable Socket socket;

    private final InetAddress address;
    private final GatewayMetrics metrics;
    private volatile @Nullable Session session;
    private volatile int protocolVersion;

    /** The session that this connection belongs to, welcomed or not; agent thread. */
    @Nullable Session owner;

    private boolean ending;

    /** The event loop has something for it, or the client doesn't read what it was sent. */
    private volatile boolean handed;

    private volatile long stalledSinceNanos;

    private long heardAtNanos;

    Connection(Channel channel, InetAddress address, GatewayMetrics metrics, long nowNanos) {
        this.channel = channel;
        this.first = channel.pipeline().context(Doorway.class);
        this.loop = channel.eventLoop();
        boolean isPlain = channel.pipeline().get(SslHandler.class) == null;
        this.socket =
                isPlain && channel instanceof EpollSocketChannel epoll ? (Socket) epoll.fd() : null;
        this.address = address;
        this.metrics = metrics;
        this.heardAtNanos = nowNanos;
    }

    /** Any thread. */
    EventLoop eventLoop() {
        return loop;
    }

    Channel channel() {
        return channel;
    }

    /** Any thread. */
    boolean isOpen() {
        return channel.isActive();
    }

    /** Any thread. */
    InetAddress address() {
        return address;
    }

    /** The session, once the node took it; any thread. */
    @Nullable Session session() {
        return session;
    }

    /** From now on the session's messages are taken; agent thread. */
    void welcome(Session newSession) {
        session = newSession;
    }

    /** What its hello named; event loop. */
    void speaks(int version) {
        protocolVersion = version;
    }

    /** What its client speaks; any thread, after its hello. */
    int protocolVersion() {
        return protocolVersion;
    }

    void heard(long nowNanos) {
        heardAtNanos = nowNanos;
    }

    long heardAtNanos() {
        return heardAtNanos;
    }

    boolean isEnding() {
        return ending;
    }

    /** True when the socket takes more, and has what it was given; any thread. */
    boolean canTake() {
        return !handed;
    }

    /** How long the client has read nothing of what waits for it, 0 while it does; any thread. */
    long stalledNanos(long nowNanos) {
        long since = stalledSinceNanos;
        return since == 0 || !channel.isActive() ? 0 : nowNanos - since;
    }

    /** Something was given to the event loop for it; agent thread. */
    void handed() {
        handed = true;
    }

    /** Writes a message that lies in memory of the caller's, who may use it again afterwards. */
    void take(ByteBuffer memory, int from, int to) {
        if (!ending) {
            int sent = from + send(memory, from, to);
            if (sent < to) {
                ByteBuf rest = channel.alloc().directBuffer(to - sent);
                first.writeAndFlush(
                        rest.writeBytes(memory.slice(sent, to - sent)), channel.voidPromise());
            }
        }
        taken();
    }

    /** Gives the socket what it takes at once, where nothing waits already; returns how much. */
    private int send(ByteBuffer memory, int from, int to) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (socket == null || waiting == null || !waiting.isEmpty()) {
            return 0;
        }
        try {
            return socket.send(memory, from, to);
        } catch (IOException e) {
            // The channel meets the same, and closes.
            return 0;
        }
    }

    /** Writes messages, or parts of them, at once, and takes over the references. */
    void take(ByteBuf[] messages) {
        for (ByteBuf message : messages) {
            if (ending) {
                message.release();
            } else {
                first.write(message, channel.voidPromise());
            }
        }
        first.flush();
        taken();
    }

    /** All that was handed over is written, as far as the client reads. */
    void taken() {
        boolean isWritable = channel.isWritable();
        if (isWritable) {
            stalledSinceNanos = 0;
        } else if (stalledSinceNanos == 0) {
            stalledSinceNanos = System.nanoTime();
        }
        handed = !isWritable;
    }

    /** Writes one frame past the queue, unless the client doesn't read. */
    void write(ByteBuf frame) {
        if (channel.isWritable()) {
            channel.writeAndFlush(frame, channel.voidPromise());
        } else {
            frame.release();
        }
    }

    void ping() {
        write(WireFrame.of(channel.alloc(), WireFrame.PING, NOTHING));
    }

    void pong(byte[] payload) {
        write(WireFrame.of(channel.alloc(), WireFrame.PONG, payload));
    }

    void say(byte[] json) {
        write(WireFrame.of(channel.alloc(), WireFrame.TEXT, json));
    }

    /** Answers the client's closing. */
    void close() {
        ending = true;
        channel.writeAndFlush(WireFrame.close(channel.alloc(), 1000, ""))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Tells the client what was not taken, and closes where the refusal says so. Any thread. */
    void refuse(Refusal refusal) {
        metrics.refused(refusal.code());
        if (eventLoop().inEventLoop()) {
            say(refusal);
        } else {
            eventLoop().execute(() -> say(refusal));
        }
    }

    private void say(Refusal refusal) {
        if (ending) {
            return;
        }
        if (!refusal.closes()) {
            write(WireFrame.of(channel.alloc(), WireFrame.TEXT, Answers.refused(refusal)));
            return;
        }
        ending = true;
        channel.write(
                WireFrame.of(channel.alloc(), WireFrame.TEXT, Answers.refused(refusal)),
                channel.voidPromise());
        channel.writeAndFlush(
                        WireFrame.close(channel.alloc(), status(refusal.code()), refusal.code()))
                .addListener(written -> endOutput());
        eventLoop().schedule(() -> channel.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Closing at once, with bytes of a flood unread, would reset the connection: the refusal lost.
     */
    private void endOutput() {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    /** Close codes of RFC 6455, 7.4.1; 4000 and up are ours to define. */
    private static int status(String code) {
        return switch (code) {
            case Refusal.TOO_LARGE -> 1009;
            case Refusal.STOPPING -> 1001;
            case Refusal.NOT_JSON, Refusal.NOT_AN_ENVELOPE -> 1007;
            case Refusal.NOT_A_MESSAGE -> 1002;
            default -> 4000;
        };
    }
}
