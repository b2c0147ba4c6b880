package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import java.time.Duration;

/**
 * Limits on players' connections.
 *
 * @param helloTimeout from connection to hello
 * @param idleTimeout without a message or pong
 * @param resumeWindow how long a lost session waits for its player
 * @param connectionsMax open at once
 * @param connectionsPerAddressMax open at once from one address
 * @param inboundFrameBytesMax of one WebSocket frame from a client
 * @param sessionQueueBytesMax waiting for one slow client
 * @param messagesPerSecond of one session, sustained
 * @param messagesBurst of one session, at once
 */
@Doc("Limits on players' connections.")
public record GatewaySettings(
        @Default("5s")
                @Range(min = 0.1, max = 60)
                @Doc("Time from connection to hello.")
                Duration helloTimeout,
        @Default("30s")
                @Range(min = 1, max = 600)
                @Doc("Time without a message or pong before a connection is closed.")
                Duration idleTimeout,
        @Default("60s")
                @Range(min = 0, max = 3_600)
                @Doc("Time that a lost session waits for its player.")
                Duration resumeWindow,
        @Default("12000") @Range(min = 1, max = 1_000_000) @Doc("Connections open at once.")
                int connectionsMax,
        @Default("12000")
                @Range(min = 1, max = 1_000_000)
                @Doc("Connections open at once from one address.")
                int connectionsPerAddressMax,
        @Default("4096")
                @Range(min = 256, max = 65_536)
                @Doc("Bytes of one WebSocket frame from a client.")
                int inboundFrameBytesMax,
        @Default("262144")
                @Range(min = 16_384, max = 16_777_216)
                @Doc("Bytes waiting for one slow client before frames are dropped.")
                int sessionQueueBytesMax,
        @Default("60")
                @Range(min = 1, max = 1_000)
                @Doc("Messages per second of one session, sustained.")
                int messagesPerSecond,
        @Default("120")
                @Range(min = 1, max = 10_000)
                @Doc("Messages of one session at once.")
                int messagesBurst) {}
