package dev.horizon.tools.config;

import dev.horizon.engine.plugin.Default;
import dev.horizon.net.client.Trust;
import dev.horizon.net.edge.EdgeConfig;
import dev.horizon.net.gateway.GatewayConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Limits on players' connections.
 *
 * @param node where a gateway of its own process finds its node
 * @param id of the gateway; 0 for one that nobody else has
 * @param drainTimeout for players to go elsewhere when a gateway is told to stop
 * @param ticketKeyFile the file of the key
 * @param ticketKey signs tickets; empty for the one in the data folder
 * @param threads that read and write sockets
 * @param allowedOrigins of pages beside the gateway's own that may open sessions
 * @param tlsCertificate file of the certificate with which it speaks TLS
 * @param tlsKey file of its key
 * @param aeron where it takes clients of a trusted network over Aeron
 * @param aeronClientsMax of these at once
 * @param helloTimeout from connection to hello
 * @param idleTimeout without any sign of a client
 * @param resumeWindow that a lost session waits for its player
 * @param slowTimeout that a client may take nothing while its queue is full
 * @param ticketLifetime of a ticket made by /api/ticket
 * @param connectionsMax open at once
 * @param strangersMax open at once that have not said hello
 * @param inboundFrameBytesMax of one message from a client
 * @param messagesPerSecond of one session
 * @param bytesPerSecond of one session
 * @param limitLoopback counts addresses of this machine too
 * @param sessionQueueBytesMax of frames waiting for one session
 * @param interestTicks between two times that a client's near set is worked out
 * @param closeMax entities that a client holds at CLOSE
 * @param closeMin how far that goes down where bytes don't suffice
 * @param mediumMax entities that a client holds at MEDIUM
 * @param sessionBytesPerSecond of what shows the world to one client
 * @param whyHistory decisions remembered of each client
 */
@Doc("Limits on players' connections.")
public record GatewaySettings(
        @Default("127.0.0.1:40456")
                @Doc(
                        "Where 'horizon gateway' finds its node: the node's streams.node-host and"
                                + " streams.port; behind a comma the same of its standby, behind a"
                                + " semicolon that of another node of the mesh, to which ships go. The"
                                + " first knows where players are: it is the same at all gateways.")
                String node,
        @Default("0")
                @Range(min = 0, max = 2_147_483_647)
                @Doc("Number of a gateway of its own process; 0 takes one that nobody else has.")
                int id,
        @Default("5s")
                @Range(min = 0, max = 600)
                @Doc("Time for players to go elsewhere when a gateway is told to stop.")
                Duration drainTimeout,
        @Default("")
                @Doc("File of the key that signs tickets, the same for all gateways of a node.")
                String ticketKeyFile,
        @Default("")
                @Doc(
                        value = "Key that signs tickets; empty for the one in the data folder.",
                        secret = true)
                String ticketKey,
        @Default("1") @Range(min = 1, max = 64) @Doc("Threads that read and write sockets.")
                int threads,
        @Default("") @Doc("Origins of pages beside the gateway's own that may open sessions.")
                List<String> allowedOrigins,
        @Default("")
                @Doc(
                        "PEM file of the server's certificate, those that signed it behind: with it"
                                + " the port speaks TLS alone, https:// and wss://.")
                String tlsCertificate,
        @Default("") @Doc("PEM file of its private key, readable by its owner, not encrypted.")
                String tlsKey,
        @Default("")
                @Doc(
                        "Where native clients of a trusted network come over Aeron: an address of"
                                + " this machine and the first of two UDP ports, as in"
                                + " 10.0.0.5:8430; empty for nowhere. What they say is not"
                                + " encrypted.")
                String aeron,
        @Default("64")
                @Range(min = 1, max = 500)
                @Doc("Such clients at once; each takes some 400 KB of shared memory.")
                int aeronClientsMax,
        @Default("4s") @Range(min = 0.1, max = 60) @Doc("Time from connection to hello.")
                Duration helloTimeout,
        @Default("15s")
                @Range(min = 1, max = 600)
                @Doc("Time without any sign of a client before its connection is closed.")
                Duration idleTimeout,
        @Default("30s")
                @Range(min = 0, max = 3_600)
                @Doc("Time that a lost session waits for its player.")
                Duration resumeWindow,
        @Default("5s")
                @Range(min = 0.1, max = 600)
                @Doc("Time that a client may take nothing while its queue is full.")
                Duration slowTimeout,
        @Default("300s")
                @Range(min = 1, max = 86_400)
                @Doc("Lifetime of a ticket made by /api/ticket.")
                Duration ticketLifetime,
        @Default("20000") @Range(min = 1, max = 1_000_000) @Doc("Connections open at once.")
                int connectionsMax,
        @Default("12000")
                @Range(min = 1, max = 1_000_000)
                @Doc("Connections open at once that have not said hello.")
                int strangersMax,
        @Default("4096") @Range(min = 256, max = 65_536) @Doc("Bytes of one message from a client.")
                int inboundFrameBytesMax,
        @Default("60")
                @Range(min = 1, max = 10_000)
                @Doc("Messages per second of one session; a burst of twice as many is free.")
                int messagesPerSecond,
        @Default("32768")
                @Range(min = 1_024, max = 16_777_216)
                @Doc("Bytes per second of one session; a burst of twice as many is free.")
                int bytesPerSecond,
        @Default("false") @Doc("Counts connections of this machine's own addresses too.")
                boolean limitLoopback,
        @Default("262144")
                @Range(min = 16_384, max = 16_777_216)
                @Doc("Bytes of frames waiting for one slow client before frames are dropped.")
                int sessionQueueBytesMax,
        @Default("5")
                @Range(min = 1, max = 1_000)
                @Doc("Ticks between two times that what a client holds near is worked out.")
                int interestTicks,
        @Default("32")
                @Range(min = 0, max = 1_024)
                @Doc("Entities that a client holds at CLOSE; the rest come at MEDIUM.")
                int closeMax,
        @Default("20")
                @Range(min = 0, max = 1_024)
                @Doc(
                        "How far close-max goes down for a client whose bytes don't suffice; at most"
                                + " close-max.")
                int closeMin,
        @Default("1024")
                @Range(min = 0, max = 16_384)
                @Doc("Entities that a client holds at MEDIUM; the rest show in far channels alone.")
                int mediumMax,
        @Default("65536")
                @Range(min = 0, max = 1_073_741_824)
                @Doc(
                        "Bytes per second that show the world to one client, 0 for any number, else"
                                + " 1024 or more; one second may be saved up.")
                int sessionBytesPerSecond,
        @Default("32")
                @Range(min = 0, max = 65_536)
                @Doc("Decisions about what it holds that are remembered of each client, for why.")
                int whyHistory) {

    /** The same for the gateway, at an address; what isn't set here keeps the gateway's default. */
    public GatewayConfig gatewayConfig(String bind, int port) {
        GatewayConfig base = GatewayConfig.defaults();
        return new GatewayConfig(
                bind,
                port,
                id == 0 ? base.gatewayId() : id,
                threads,
                allowedOrigins,
                new GatewayConfig.Tls(tlsCertificate, tlsKey),
                new GatewayConfig.Aeron(aeron, aeronClientsMax),
                new GatewayConfig.Timeouts(
                        millis(helloTimeout),
                        base.timeouts().welcomeMillis(),
                        millis(idleTimeout),
                        millis(resumeWindow),
                        millis(slowTimeout),
                        (int) ticketLifetime.toSeconds()),
                limits(base.limits()),
                queues(base.queues()),
                new EdgeConfig(
                        interestTicks,
                        closeMax,
                        Math.min(closeMin, closeMax),
                        mediumMax,
                        sessionBytesPerSecond,
                        whyHistory));
    }

    /** Whom a client of this gateway believes: also who has its certificate. */
    public Trust trust() {
        return tlsCertificate.isEmpty() ? Trust.standard() : Trust.of(Path.of(tlsCertificate));
    }

    private GatewayConfig.Limits limits(GatewayConfig.Limits base) {
        return new GatewayConfig.Limits(
                inboundFrameBytesMax,
                messagesPerSecond,
                bytesPerSecond,
                base.addressMessagesPerSecond(),
                base.addressBytesPerSecond(),
                base.addressConnectionsPerSecond(),
                limitLoopback,
                base.refusalsMax(),
                connectionsMax,
                strangersMax,
                base.requestBytesMax(),
                base.handlersMax());
    }

    private GatewayConfig.Queues queues(GatewayConfig.Queues base) {
        return new GatewayConfig.Queues(
                sessionQueueBytesMax,
                base.framesMax(),
                base.textBytesMax(),
                base.commandsMax(),
                base.subscriptionsMax(),
                base.sendBufferBytes());
    }

    private static int millis(Duration duration) {
        return (int) duration.toMillis();
    }
}
