package dev.horizon.tools.node;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.net.gateway.AeronNodeLink;
import dev.horizon.net.gateway.Gateway;
import dev.horizon.net.gateway.LateLink;
import dev.horizon.net.gateway.TicketKey;
import dev.horizon.tools.config.HorizonConfig;
import dev.horizon.tools.live.Api;
import dev.horizon.tools.live.ApiRoutes;

/**
 * What players and operators reach of a process: gateway, pages and API, at one port. It listens
 * from its start, and lets players in once there is a node behind it. Thread-safe.
 */
final class Front implements AutoCloseable {
    private final LateLink link = new LateLink();
    private final Gateway gateway;
    private volatile Api api;

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

    /** From now on a node of this process is behind it. */
    void serve(AeronNodeLink node, Api with, EventBus events) {
        api = with;
        gateway.catalogue(events.catalogue(), events.acceptsRaw());
        link.connect(node);
    }

    Gateway gateway() {
        return gateway;
    }

    /** Ends it; again is no harm. */
    @Override
    public void close() {
        gateway.close();
    }
}
