package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket. Its event loop owns it; methods that say so may be called from any thread. */
final class Connection {
    /** The first version of the protocol whose clients read Glances. */
    private static final int GLANCES_SINCE = 2;

    /** A client that doesn't read gets this long to take the reason why it is closed. */
    private static final int FAREWELL_MILLIS = 500;

    private static final byte[] NOTHING = {};

    private final Channel channel;

    /** Of the pipeline's first handler: what is encoded already passes no other. */
    private final ChannelHandlerContext first;

    private final InetAddress address;
    private final GatewayMetrics metrics;
    private volatile @Nullable Session session;
    private volatile int protocolVersion;

    /** The session that this connection belongs to, welcomed or not; agent thread. */
    @Nullable Session owner;

    private boolean ending;

    /** The event loop has something for it that it did not write yet. */
    private volatile boolean handed;

    private long heardAtNanos;

    Connection(Channel channel, InetAddress address, GatewayMetrics metrics, long nowNanos) {
        this.channel = channel;
        this.first = channel.pipeline().firstContext();
        this.address = address;
        this.metrics = metrics;
        this.heardAtNanos = nowNanos;
    }

    /** Any thread. */
    EventLoop eventLoop() {
        return channel.eventLoop();
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

    /** True for a client that reads Glances; any thread, after its hello. */
    boolean readsGlances() {
        return protocolVersion >= GLANCES_SINCE;
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
        return !handed && channel.isWritable();
    }

    /** True while the client doesn't read; any thread. */
    boolean isStalled() {
        return !channel.isWritable() && channel.isActive();
    }

    /** Something was given to the event loop for it; agent thread. */
    void handed() {
        handed = true;
    }

    /** Writes a message and takes over its reference. */
    void take(ByteBuf message) {
        handed = false;
        if (ending) {
            message.release();
        } else {
            first.writeAndFlush(message, channel.voidPromise());
        }
    }

    /** Writes messages, or parts of them, at once, and takes over the references. */
    void take(ByteBuf[] messages) {
        handed = false;
        for (ByteBuf message : messages) {
            if (ending) {
                message.release();
            } else {
                first.write(message, channel.voidPromise());
            }
        }
        first.flush();
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
