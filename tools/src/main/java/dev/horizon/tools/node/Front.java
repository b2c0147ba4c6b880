package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.net.gateway.AeronNodeLink;
import dev.horizon.net.gateway.Gateway;
import dev.horizon.net.gateway.LateLink;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.net.streams.Connecting;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.TransportConfig;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.live.Api;
import dev.horizon.tools.live.ApiRoutes;
import io.aeron.Aeron;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * What players and operators reach of a process: gateway, pages and API, at one port. It listens
 * from its start, and lets players in once there is a node behind it. Thread-safe, but for {@link
 * #reach} and {@link #close}, which are for who starts and ends the process.
 */
final class Front implements AutoCloseable {
    private static final int GATEWAY_ID = 1;
    private static final long CONNECT_MILLIS_MAX = 5_000;

    private final LateLink link = new LateLink();
    private final Gateway gateway;
    private volatile Api api;
    private @Nullable AeronNodeLink node;

    /** Starts to listen. */
    Front(HorizonConfig config, TicketKey key, ChannelConfig channels, Api first) {
        api = first;
        Gateway.Builder builder =
                Gateway.with(config.gatewayConfig(), key, link, channels)
                        .folder("/", "pages/")
                        .loader(NodeProcess.class.getClassLoader());
        ApiRoutes.of(request -> api.handle(request)).forEach(builder::route);
        gateway = builder.start();
    }

    /**
     * Opens its ends of the streams that a node of this process has or will have; once is enough.
     */
    AeronNodeLink reach(Aeron aeron, TransportConfig transport, String starSystem) {
        AeronNodeLink opened = node;
        if (opened == null) {
            StreamAddresses addresses = StreamAddresses.beside(transport, starSystem);
            opened = new AeronNodeLink(aeron, addresses, GATEWAY_ID);
            node = opened;
            Connecting.await("the gateway's streams", CONNECT_MILLIS_MAX, opened::isConnected);
        }
        return opened;
    }

    /** From now on a node of this process is behind it. */
    void serve(AeronNodeLink by, Api with, EventBus events) {
        api = with;
        gateway.catalogue(events.catalogue(), events.acceptsRaw());
        link.connect(by);
    }

    Gateway gateway() {
        return gateway;
    }

    /** Ends it, and then its streams, which somebody has to read until then; again is no harm. */
    @Override
    public void close() {
        gateway.close();
        CloseHelper.close(node);
    }
}
