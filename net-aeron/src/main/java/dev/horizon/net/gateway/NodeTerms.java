package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.engine.events.EventCatalogue;
import dev.horizon.engine.events.EventShape;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.streams.TransportConfig;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a gateway must know of its node: said by the node, so that nobody has to configure it twice.
 *
 * @param starSystem the place that the node runs
 * @param tickHz ticks per second
 * @param life the Aeron session of all that it publishes, chosen anew at each start; not 0
 * @param transport how its streams are carried
 * @param channels who sees what, how often, how exactly
 * @param catalogueVersion of the events
 * @param events that clients may send or be sent
 * @param raw true when a plugin takes envelopes that no plugin declared
 * @param home by which the mesh knows the node; 0 outside of one
 */
public record NodeTerms(
        String starSystem,
        int tickHz,
        int life,
        TransportConfig transport,
        ChannelConfig channels,
        int catalogueVersion,
        List<EventShape> events,
        boolean raw,
        long home) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Copies the list. */
    public NodeTerms {
        events = List.copyOf(events);
    }

    /** As JSON. */
    public byte[] encode() {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * From JSON.
     *
     * @throws HorizonException HZ-STR-004 when they can't be understood
     */
    public static NodeTerms decode(byte[] json) {
        try {
            return JSON.readValue(json, NodeTerms.class);
        } catch (JacksonException e) {
            throw new HorizonException(
                    "HZ-STR-004",
                    "the node's terms can't be understood ("
                            + e.getOriginalMessage()
                            + "): run node and gateway of the same version",
                    e);
        }
    }

    /** True when nothing but events differs: whoever has a link by those terms keeps it. */
    boolean hasLinkOf(NodeTerms other) {
        NodeTerms same =
                new NodeTerms(
                        starSystem,
                        tickHz,
                        life,
                        transport,
                        channels,
                        other.catalogueVersion,
                        other.events,
                        other.raw,
                        home);
        return same.equals(other);
    }

    /** The events, indexed. */
    public EventCatalogue catalogue() {
        return new EventCatalogue(catalogueVersion, events);
    }
}
