package dev.horizon.net.client;

import dev.horizon.net.driver.LineDriver;
import dev.horizon.net.line.LineAddress;
import dev.horizon.net.line.LineClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A line over Aeron with a thread of its own. */
final class LineLink extends SimpleChannelInboundHandler<WebSocketFrame> implements Link {
    /** For the driver to send what was said last, and again where that is lost. */
    private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Inbox inbox;
    private final CompletableFuture<Link> opening = new CompletableFuture<>();
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("line", true), NioIoHandler.newFactory());
    private final LineDriver driver;
    private final boolean ownsDriver;
    private volatile @Nullable Channel channel;
    private @Nullable Throwable fault;

    private LineLink(Inbox inbox, LineDriver driver, boolean ownsDriver) {
        this.inbox = inbox;
        this.driver = driver;
        this.ownsDriver = ownsDriver;
    }

    /**
     * Opens one.
     *
     * @param shared driver; null for one that lives and ends with the link
     */
    static CompletableFuture<Link> open(URI server, Inbox inbox, @Nullable LineDriver shared) {
        LineAddress address = LineAddress.of(server);
        LineDriver driver = shared == null ? LineDriver.start() : shared;
        LineLink link = new LineLink(inbox, driver, shared == null);
        new LineClient(driver, Thread::startVirtualThread)
                .connect(address, link.loop.next(), link.codec(), link::never);
        return link.opening;
    }

    private ChannelHandler codec() {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel fresh) {
                channel = fresh;
                WebSocketDecoderConfig config =
                        WebSocketDecoderConfig.newBuilder()
                                .expectMaskedFrames(false)
                                .maxFramePayloadLength(MESSAGE_BYTES_MAX)
                                .allowExtensions(false)
                                .build();
                fresh.pipeline()
                        .addLast(
                                new WebSocket13FrameDecoder(config),
                                new WebSocket13FrameEncoder(false),
                                new WebSocketFrameAggregator(MESSAGE_BYTES_MAX),
                                LineLink.this);
            }
        };
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        opening.complete(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        ByteBuf content = frame.content();
        switch (frame) {
            case TextWebSocketFrame text -> inbox.onText(text.text());
            case BinaryWebSocketFrame binary -> {
                byte[] bytes = new byte[content.readableBytes()];
                content.readBytes(bytes);
                inbox.onBinary(new UnsafeBuffer(bytes), bytes.length);
            }
            case PingWebSocketFrame ping ->
                    context.writeAndFlush(new PongWebSocketFrame(content.retain()));
            case CloseWebSocketFrame close -> context.close();
            default -> {}
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fault = cause;
        context.close();
    }

    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        never(fault == null ? new IOException("the line ended before it began") : fault);
    }

    /** It is over, or never was. */
    private void never(Throwable why) {
        inbox.end();
        opening.completeExceptionally(why);
        Thread.startVirtualThread(this::release);
    }

    private void release() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        if (ownsDriver) {
            LockSupport.parkNanos(LAST_WORDS_NANOS);
            driver.close();
        }
    }

    @Override
    public CompletableFuture<?> sendText(String text) {
        return send(new TextWebSocketFrame(text));
    }

    @Override
    public CompletableFuture<?> sendBinary(ByteBuffer message) {
        return send(new BinaryWebSocketFrame(Unpooled.copiedBuffer(message)));
    }

    private CompletableFuture<?> send(WebSocketFrame frame) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Channel to = channel;
        if (to == null) {
            frame.release();
            sent.completeExceptionally(new ClosedChannelException());
            return sent;
        }
        ChannelPromise promise = to.newPromise();
        promise.addListener(done -> {
            if (done.isSuccess()) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(done.cause());
            }
        });
        to.writeAndFlush(frame, promise);
        return sent;
    }

    @Override
    public void cut() {
        Channel of = channel;
        if (of != null) {
            of.close();
        }
    }

    @Override
    public void close() {
        Channel of = channel;
        if (of != null && of.isActive()) {
            of.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
