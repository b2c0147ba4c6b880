package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a WebSocket's pipeline: budgets, heartbeat, and answers to what {@link Ingress} says.
 */
final class PlayHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(PlayHandler.class);
    private static final long REFUSALS_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int BEATS_PER_TIMEOUT = 3;

    private final Connection connection;
    private final Ingress ingress;
    private final GatewayConfig config;
    private final AddressBudgets.Budget budget;
    private final Strangers strangers;
    private final CommandQueue commands;
    private final Offenders offenders;
    private final GatewayMetrics metrics;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private @Nullable ScheduledFuture<?> heartbeat;
    private long refusalsSinceNanos;
    private int refusals;

    PlayHandler(
            Connection connection,
            Ingress ingress,
            GatewayConfig config,
            AddressBudgets.Budget budget,
            Strangers strangers,
            CommandQueue commands,
            Offenders offenders,
            GatewayMetrics metrics) {
        this.connection = connection;
        this.ingress = ingress;
        this.config = config;
        this.budget = budget;
        this.strangers = strangers;
        this.commands = commands;
        this.offenders = offenders;
        this.metrics = metrics;
        long nowNanos = System.nanoTime();
        GatewayConfig.Limits limits = config.limits();
        messages =
                new TokenBucket(
                        limits.messagesPerSecond(), 2.0 * limits.messagesPerSecond(), nowNanos);
        bytes = new TokenBucket(limits.bytesPerSecond(), 2.0 * limits.bytesPerSecond(), nowNanos);
        refusalsSinceNanos = nowNanos;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        heartbeat =
                context.executor()
                        .scheduleAtFixedRate(
                                this::beat, beatNanos(), beatNanos(), TimeUnit.NANOSECONDS);
    }

    private long beatNanos() {
        int millis = Math.max(1, config.timeouts().heartbeatMillis() / BEATS_PER_TIMEOUT);
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void beat() {
        long silentNanos = System.nanoTime() - connection.heardAtNanos();
        if (silentNanos > TimeUnit.MILLISECONDS.toNanos(config.timeouts().heartbeatMillis())) {
            Session session = connection.session();
            if (session != null) {
                commands.end(new Commands.TimedOut(session, connection));
            }
        } else if (ingress.isGreeted() && silentNanos > beatNanos()) {
            // Who speaks need not be asked.
            connection.ping();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (connection.isEnding()) {
            return;
        }
        long nowNanos = System.nanoTime();
        connection.heard(nowNanos);
        ByteBuf content = frame.content();
        metrics.messagesIn.increment();
        metrics.bytesIn.add(content.readableBytes());
        if (!budget.receive(content.readableBytes(), nowNanos)
                || !messages.take(1, nowNanos)
                || !bytes.take(content.readableBytes(), nowNanos)) {
            refuse(Refusal.of(Refusal.TOO_FAST, "you send faster than allowed: slow down"));
            return;
        }
        try {
            answer(take(frame));
        } catch (RefusedException e) {
            refuse(e.refusal());
        }
    }

    private byte @Nullable [] take(WebSocketFrame frame) throws RefusedException {
        boolean wasGreeted = ingress.isGreeted();
        byte[] answer = null;
        switch (frame) {
            case TextWebSocketFrame text ->
                    answer = ingress.onText(ByteBufUtil.getBytes(text.content()));
            case BinaryWebSocketFrame binary ->
                    answer = ingress.onBinary(ByteBufUtil.getBytes(binary.content()));
            case PingWebSocketFrame ping -> connection.pong(ByteBufUtil.getBytes(ping.content()));
            case CloseWebSocketFrame close -> connection.close();
            default -> {}
        }
        if (!wasGreeted && ingress.isGreeted()) {
            strangers.remove(connection.channel());
        }
        return answer;
    }

    private void answer(byte @Nullable [] text) {
        if (text != null) {
            connection.say(text);
        }
    }

    private void refuse(Refusal refusal) {
        long nowNanos = System.nanoTime();
        if (nowNanos - refusalsSinceNanos > REFUSALS_WINDOW_NANOS) {
            refusalsSinceNanos = nowNanos;
            refusals = 0;
        }
        refusals++;
        boolean enough = refusals > config.limits().refusalsMax();
        Session session = connection.session();
        if (enough && session != null) {
            offenders.add(session.player(), nowNanos);
        }
        connection.refuse(enough ? Refusal.closing(refusal.code(), refusal.reason()) : refusal);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.taken();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ScheduledFuture<?> beats = heartbeat;
        if (beats != null) {
            beats.cancel(false);
        }
        if (ingress.isGreeted()) {
            commands.end(new Commands.Lost(connection));
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException || isTooBig(cause)) {
            connection.refuse(
                    Refusal.closing(
                            Refusal.TOO_LARGE,
                            "a message has at most " + config.limits().frameBytesMax() + " bytes"));
        } else if (cause instanceof CorruptedWebSocketFrameException) {
            connection.refuse(
                    Refusal.closing(
                            Refusal.NOT_A_MESSAGE, "not a WebSocket frame: " + cause.getMessage()));
        } else {
            if (!(cause instanceof IOException)) {
                metrics.faults.increment();
                LOG.error("a connection of {} failed", connection.address(), cause);
            }
            context.close();
        }
    }

    private static boolean isTooBig(Throwable cause) {
        return cause instanceof CorruptedWebSocketFrameException corrupted
                && corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
    }
}
