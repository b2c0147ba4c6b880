package dev.horizon.net.gateway;

import dev.horizon.engine.plugin.Default;
import dev.horizon.net.edge.EdgeConfig;
import java.util.List;

/**
 * Settings of a gateway; every bound it keeps is here.
 *
 * @param bind address to listen on
 * @param port to listen on, 0 for any free one
 * @param gatewayId distinguishes gateways of one star system, from 1
 * @param eventLoopThreads threads that read and write sockets
 * @param allowedOrigins origins of pages beside the gateway's own that may open sessions, such as
 *     {@code https://play.example.org}
 * @param tls with what it speaks TLS
 * @param aeron where it takes clients of a trusted network over Aeron
 * @param timeouts how long it waits
 * @param limits what clients may send
 * @param queues what it holds for clients
 * @param near how much of the world each client holds near
 */
public record GatewayConfig(
        @Default("127.0.0.1") String bind,
        @Default("8080") int port,
        @Default("1") int gatewayId,
        @Default("1") int eventLoopThreads,
        @Default("") List<String> allowedOrigins,
        Tls tls,
        Aeron aeron,
        Timeouts timeouts,
        Limits limits,
        Queues queues,
        EdgeConfig near) {
    /** Copies the list. */
    public GatewayConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** {@code https}, or {@code http} where it speaks no TLS. */
    public String scheme() {
        return tls.isOn() ? "https" : "http";
    }

    /**
     * With what a gateway speaks TLS.
     *
     * @param certificate PEM file, the server's own certificate first; empty as the key is for no
     *     TLS
     * @param key PEM file with its private key, not encrypted
     */
    public record Tls(@Default("") String certificate, @Default("") String key) {
        /** No TLS. */
        public static final Tls NONE = new Tls("", "");

        /** True where all connections speak it. */
        public boolean isOn() {
            return !certificate.isEmpty() || !key.isEmpty();
        }
    }

    /**
     * Where clients come over Aeron.
     *
     * @param address as in {@code 10.0.0.5:8430}, the first of two UDP ports; empty for nowhere
     * @param clientsMax at once
     */
    public record Aeron(@Default("") String address, @Default("64") int clientsMax) {
        /** Nowhere. */
        public static final Aeron NONE = new Aeron("", 64);

        /** True where they do. */
        public boolean isOn() {
            return !address.isEmpty();
        }
    }

    /**
     * How long a gateway waits, in milliseconds.
     *
     * @param helloMillis from accepting a connection to a hello or the end of a request
     * @param welcomeMillis for the node's answer to a hello
     * @param heartbeatMillis without any sign of a client; a third of it between pings
     * @param resumeGraceMillis a session without a connection lives on
     * @param slowMillis a client may take nothing while its queue is full
     * @param ticketSeconds a ticket made by {@code /api/ticket} is good for
     */
    public record Timeouts(
            @Default("4000") int helloMillis,
            @Default("5000") int welcomeMillis,
            @Default("15000") int heartbeatMillis,
            @Default("30000") int resumeGraceMillis,
            @Default("5000") int slowMillis,
            @Default("300") int ticketSeconds) {}

    /**
     * What clients may send.
     *
     * @param frameBytesMax of one inbound message
     * @param messagesPerSecond of one session; a burst of twice as many is free
     * @param bytesPerSecond of one session; a burst of twice as many is free
     * @param addressMessagesPerSecond of all connections of one address
     * @param addressBytesPerSecond of all connections of one address
     * @param addressConnectionsPerSecond new connections of one address; a burst of four times as
     *     many is free
     * @param limitLoopback true to count addresses of this machine too: load generators, proxies
     *     and pages of operators share them
     * @param refusalsMax refusals within ten seconds after which a connection is closed
     * @param connectionsMax sockets, all kinds together
     * @param strangersMax sockets that have not said hello; beyond it the longest silent one goes
     * @param requestBytesMax of the body of one HTTP request
     * @param handlersMax HTTP requests being answered at once
     */
    public record Limits(
            @Default("4096") int frameBytesMax,
            @Default("60") int messagesPerSecond,
            @Default("32768") int bytesPerSecond,
            @Default("2000") int addressMessagesPerSecond,
            @Default("1048576") int addressBytesPerSecond,
            @Default("100") int addressConnectionsPerSecond,
            @Default("false") boolean limitLoopback,
            @Default("20") int refusalsMax,
            @Default("20000") int connectionsMax,
            @Default("12000") int strangersMax,
            @Default("65536") int requestBytesMax,
            @Default("64") int handlersMax) {}

    /**
     * What a gateway holds.
     *
     * @param frameBytesMax of frames waiting for one session
     * @param framesMax frames waiting for one session
     * @param textBytesMax of events waiting for one session; beyond it the session ends
     * @param commandsMax what clients sent and the node hasn't taken
     * @param subscriptionsMax changes of subscriptions that the node hasn't taken
     * @param sendBufferBytes the kernel's buffer of one socket
     */
    public record Queues(
            @Default("262144") int frameBytesMax,
            @Default("1024") int framesMax,
            @Default("131072") int textBytesMax,
            @Default("16384") int commandsMax,
            @Default("65536") int subscriptionsMax,
            @Default("16384") int sendBufferBytes) {}

    /** The defaults above, on any free port of the loopback address. */
    public static GatewayConfig defaults() {
        return new GatewayConfig(
                "127.0.0.1",
                0,
                1,
                1,
                List.of(),
                Tls.NONE,
                Aeron.NONE,
                new Timeouts(4_000, 5_000, 15_000, 30_000, 5_000, 300),
                new Limits(
                        4096, 60, 32_768, 2_000, 1 << 20, 100, false, 20, 20_000, 12_000, 65_536,
                        64),
                new Queues(262_144, 1024, 131_072, 16_384, 65_536, 16_384),
                EdgeConfig.standard());
    }

    /** The same on another address. */
    public GatewayConfig withAddress(String newBind, int newPort) {
        return new GatewayConfig(
                newBind,
                newPort,
                gatewayId,
                eventLoopThreads,
                allowedOrigins,
                tls,
                aeron,
                timeouts,
                limits,
                queues,
                near);
    }

    /** The same with another number. */
    public GatewayConfig withId(int newId) {
        return new GatewayConfig(
                bind,
                port,
                newId,
                eventLoopThreads,
                allowedOrigins,
                tls,
                aeron,
                timeouts,
                limits,
                queues,
                near);
    }

    /** The same with TLS, or without. */
    public GatewayConfig withTls(Tls other) {
        return new GatewayConfig(
                bind,
                port,
                gatewayId,
                eventLoopThreads,
                allowedOrigins,
                other,
                aeron,
                timeouts,
                limits,
                queues,
                near);
    }

    /** The same with clients over Aeron, or without. */
    public GatewayConfig withAeron(Aeron other) {
        return new GatewayConfig(
                bind,
                port,
                gatewayId,
                eventLoopThreads,
                allowedOrigins,
                tls,
                other,
                timeouts,
                limits,
                queues,
                near);
    }

    /** The same with other timeouts. */
    public GatewayConfig withTimeouts(Timeouts other) {
        return new GatewayConfig(
                bind,
                port,
                gatewayId,
                eventLoopThreads,
                allowedOrigins,
                tls,
                aeron,
                other,
                limits,
                queues,
                near);
    }

    /** The same with other limits. */
    public GatewayConfig withLimits(Limits other) {
        return new GatewayConfig(
                bind,
                port,
                gatewayId,
                eventLoopThreads,
                allowedOrigins,
                tls,
                aeron,
                timeouts,
                other,
                queues,
                near);
    }

    /** The same with other queues. */
    public GatewayConfig withQueues(Queues other) {
        return new GatewayConfig(
                bind,
                port,
                gatewayId,
                eventLoopThreads,
                allowedOrigins,
                tls,
                aeron,
                timeouts,
                limits,
                other,
                near);
    }

    /** The same with another measure of what is near. */
    public GatewayConfig withNear(EdgeConfig other) {
        return new GatewayConfig(
                bind,
                port,
                gatewayId,
                eventLoopThreads,
                allowedOrigins,
                tls,
                aeron,
                timeouts,
                limits,
                queues,
                other);
    }
}
