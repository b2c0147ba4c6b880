package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.EventBus;
import dev.horizon.engine.dispatch.EventCodec;
import dev.horizon.engine.dispatch.Payloads;
import dev.horizon.engine.dispatch.ServicePort;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.schemas.ticklog.ServiceOfferDecoder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events from and to services of other nodes. They go in parcels, beside the entities, and so are
 * kept, sent, taken once and forgotten like these. Tick thread.
 */
final class ServiceEvents implements ServicePort {
    /** What waits for one node: some minutes of a busy service, while that node is away. */
    static final int WAITING_BYTES_MAX = 1 << 20;

    /** What waits for all: it is in every snapshot. */
    static final int ALL_WAITING_BYTES_MAX = 8 << 20;

    private final WorldState world;
    private final EventBus events;
    private final Outboxes outboxes;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Payloads.PAYLOAD_BYTES_MAX]);
    final Offers offers = new Offers();

    ServiceEvents(WorldState world, EventBus events, Outboxes outboxes) {
        this.world = world;
        this.events = events;
        this.outboxes = outboxes;
    }

    @Override
    public int node() {
        return world.idBlock();
    }

    @Override
    public int[] offering(String type) {
        return offers.offering(type, node(), events.services().has(type));
    }

    @Override
    public int serving(String type, long key, int[] offering) {
        return Offers.serving(type, key, offering);
    }

    @Override
    public void post(String type, Record event, int... nodes) {
        EventCodec<?> codec = events.waiting(event.getClass());
        byte[] payload = new byte[codec.encode(event, buffer, 0)];
        buffer.getBytes(0, payload);
        Parcel.Event posted =
                new Parcel.Event(type, event.getClass().getName(), codec.shape().form(), payload);
        int[] others = Arrays.stream(nodes).filter(each -> each != node()).toArray();
        int left = ALL_WAITING_BYTES_MAX - outboxes.eventBytes();
        for (int each : others) {
            left -= posted.bytes();
            int waiting = outboxes.to(offers.home(each)).eventBytes();
            if (left < 0 || waiting + posted.bytes() > WAITING_BYTES_MAX) {
                throw new HorizonException(
                        "HZ-SVC-002",
                        "too much waits for node %d to be sent an event of service '%s': see 'horizon mesh status --json' for whose world that is, and why it takes nothing"
                                .formatted(each, type));
            }
        }
        for (int each : others) {
            outboxes.post(offers.self, offers.home(each), posted);
        }
    }

    /** Raises what another node has sent. */
    void take(List<Parcel.Event> posted, long tick) {
        for (Parcel.Event each : posted) {
            try {
                raise(each);
            } catch (HorizonException e) {
                events.quarantine()
                        .add("service " + each.service(), "engine", tick, each.event(), e);
            }
            if (world.hasPendingChanges()) {
                world.apply();
            }
        }
    }

    private void raise(Parcel.Event event) {
        EventCodec<?> codec = events.waiting(event.event());
        if (codec == null || !events.services().has(event.service(), event.event())) {
            throw new HorizonException(
                    "HZ-SVC-003",
                    "no plugin here handles event "
                            + event.event()
                            + " of service '"
                            + event.service()
                            + "': it is dropped");
        }
        if (codec.shape().form() != event.form()) {
            throw new HorizonException(
                    "HZ-SVC-003",
                    "event "
                            + event.event()
                            + " has other fields at the node that sent it: it is dropped; run the"
                            + " same version of the plugin on both");
        }
        UnsafeBuffer payload = new UnsafeBuffer(event.payload());
        events.raise(event.event(), payload, 0, payload.capacity());
    }

    /** Takes what a node offers from now on. */
    void offered(ServiceOfferDecoder told) {
        offers.self = told.self();
        long home = told.home();
        int of = (int) told.world();
        offers.all.put(home, new Offers.Offer(of, Offers.types(told.services())));
    }
}
