package dev.horizon.tools.node;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.streams.FramePublisher;
import dev.horizon.net.streams.InputStream;
import dev.horizon.net.streams.SessionStream;
import dev.horizon.net.streams.StreamAddresses;
import dev.horizon.net.streams.SubscriptionStream;
import dev.horizon.net.streams.TransportConfig;
import io.aeron.Aeron;
import io.aeron.exceptions.RegistrationException;

/**
 * A node's ends of its streams.
 *
 * @param frames to gateways
 * @param sessions messages to gateways
 * @param inputs from gateways
 * @param subscriptions from gateways
 */
record NodeStreams(
        FramePublisher frames,
        SessionStream sessions,
        InputStream inputs,
        SubscriptionStream subscriptions) {
    /**
     * Opens them.
     *
     * @throws HorizonException HZ-STR-007 when addresses can't be had
     */
    static NodeStreams open(
            Aeron aeron,
            TransportConfig transport,
            String starSystem,
            int life,
            ClosingStack parts) {
        StreamAddresses addresses = new StreamAddresses(transport, starSystem, life);
        try {
            return new NodeStreams(
                    parts.add(new FramePublisher(aeron, addresses)),
                    parts.add(new SessionStream(aeron, addresses)),
                    parts.add(new InputStream(aeron, addresses)),
                    parts.add(new SubscriptionStream(aeron, addresses)));
        } catch (RegistrationException e) {
            throw new HorizonException(
                    "HZ-STR-007",
                    "the node can't have its UDP addresses, "
                            + transport.nodeHost()
                            + " from port "
                            + transport.port()
                            + " on: "
                            + e.getMessage()
                            + "; set streams.node-host to an address of this machine, and"
                            + " streams.port to eight free ports",
                    e);
        }
    }
}
