package dev.horizon.net.gateway;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Requests of one connection, one at a time, until one of them turns it into a WebSocket. */
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {
    static final String PLAY = "/play";

    private final GatewayParts parts;
    private final AddressBudgets.Budget budget;
    private boolean busy;

    HttpFront(GatewayParts parts, AddressBudgets.Budget budget) {
        this.parts = parts;
        this.budget = budget;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (busy) {
            // Browsers don't send the next request before the answer; who does is cut off.
            context.close();
            return;
        }
        String path;
        Map<String, List<String>> query;
        try {
            QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            path = uri.path();
            query = uri.parameters();
        } catch (IllegalArgumentException e) {
            path = "";
            query = Map.of();
        }
        if (request.decoderResult().isFailure() || !HttpRoutes.isSafe(path)) {
            refuse(context, request, 400, Refusal.PATH, "that is no path of this server");
        } else if (!parts.origins()
                .isWelcome(
                        readOnly(request) && !path.equals(PLAY)
                                ? null
                                : request.headers().get(HttpHeaderNames.ORIGIN),
                        request.headers().get(HttpHeaderNames.HOST))) {
            refuse(
                    context,
                    request,
                    403,
                    Refusal.ORIGIN,
                    "pages of that origin may not use this server: add it to"
                            + " gateway.allowed-origins");
        } else if (path.equals(PLAY)) {
            upgrade(context, request);
        } else {
            answer(context, request, path, query);
        }
    }

    private static boolean readOnly(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private void answer(
            ChannelHandlerContext context,
            FullHttpRequest request,
            String path,
            Map<String, List<String>> query) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header ->
                        headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        HttpCall call =
                new HttpCall(
                        request.method().name(),
                        path,
                        query,
                        headers,
                        ByteBufUtil.getBytes(request.content()));
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        if (!parts.handlers().tryAcquire()) {
            reply(context, call, HttpRoutes.busy(), keepAlive);
            return;
        }
        busy = true;
        parts.strangers().remove(context.channel());
        parts.threads()
                .execute(() -> {
                    HttpReply reply = parts.routes().answer(call);
                    parts.handlers().release();
                    context.executor().execute(() -> reply(context, call, reply, keepAlive));
                });
    }

    private void reply(
            ChannelHandlerContext context, HttpCall call, HttpReply reply, boolean keepAlive) {
        busy = false;
        if (reply.status() == 405 || reply.status() >= 500) {
            parts.metrics().refused("HTTP-" + reply.status());
        }
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(reply.status()),
                        call.method().equals("HEAD")
                                ? Unpooled.EMPTY_BUFFER
                                : Unpooled.wrappedBuffer(reply.body()));
        response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-content-type-options", "nosniff");
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        if (keepAlive) {
            parts.welcomeStranger(context.channel());
            context.writeAndFlush(response);
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void refuse(
            ChannelHandlerContext context,
            FullHttpRequest request,
            int status,
            String code,
            String message) {
        parts.metrics().refused(code);
        HttpCall call = new HttpCall(request.method().name(), "", Map.of(), Map.of(), new byte[0]);
        reply(context, call, HttpReply.error(status, code, message), false);
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(
                                (parts.tls() == null ? "ws://" : "wss://")
                                        + request.headers().get(HttpHeaderNames.HOST)
                                        + PLAY,
                                null,
                                parts.framesMasked(true))
                        .newHandshaker(request);
        if (handshaker == null || !request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
            refuse(
                    context,
                    request,
                    426,
                    Refusal.HELLO_EXPECTED,
                    PLAY + " takes WebSocket connections of version 13");
            return;
        }
        parts.play(context.channel(), budget);
        context.pipeline().remove(this);
        handshaker
                .handshake(context.channel(), request)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        context.channel().close();
                    }
                });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
