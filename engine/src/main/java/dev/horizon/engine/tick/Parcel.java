package dev.horizon.engine.tick;

import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.ParcelDecoder;
import dev.horizon.schemas.ticklog.ParcelEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way from one world to another, as it stands on both tapes.
 *
 * @param source id block of the world that released or sent it
 * @param home of the node that released or sent it
 * @param destination home of the node that takes it
 * @param sequence of the parcels from this source to this destination, from 1
 * @param tick of the source: the first that doesn't have the entities
 * @param items entities, in order of their release
 * @param events for services, in the order in which they were sent
 */
public record Parcel(
        long source,
        long home,
        long destination,
        long sequence,
        long tick,
        List<Item> items,
        List<Event> events) {
    /** What one takes at most, so that it fits among the inputs of a tick. */
    public static final int BYTES_MAX = 256 << 10;

    /** Of one that has neither entities nor events. */
    static final int HEAD_BYTES =
            MessageHeaderEncoder.ENCODED_LENGTH
                    + ParcelEncoder.BLOCK_LENGTH
                    + ParcelEncoder.EntitiesEncoder.sbeHeaderSize()
                    + ParcelEncoder.EventsEncoder.sbeHeaderSize();

    /** The same before parcels had events. */
    private static final int HEAD_BYTES_MIN =
            HEAD_BYTES - ParcelEncoder.EventsEncoder.sbeHeaderSize();

    /** Copies the lists. */
    public Parcel {
        items = List.copyOf(items);
        events = List.copyOf(events);
    }

    /**
     * One entity with all that rides in it.
     *
     * @param transfer the coordinator's number
     * @param entity its id
     * @param isReturned true where the other node could not take it
     * @param image of the entity
     */
    public record Item(long transfer, long entity, boolean isReturned, byte[] image) {
        int bytes() {
            return ParcelEncoder.EntitiesEncoder.sbeBlockLength()
                    + ParcelEncoder.EntitiesEncoder.imageHeaderLength()
                    + image.length;
        }
    }

    /**
     * One event for a service.
     *
     * @param service its type
     * @param event class name of the record
     * @param form of the record's fields
     * @param payload the fields, as {@link dev.horizon.engine.dispatch.EventCodec} writes them
     */
    public record Event(String service, String event, int form, byte[] payload) {
        int bytes() {
            return ParcelEncoder.EventsEncoder.sbeBlockLength()
                    + ParcelEncoder.EventsEncoder.serviceHeaderLength()
                    + service.length()
                    + ParcelEncoder.EventsEncoder.eventNameHeaderLength()
                    + event.getBytes(StandardCharsets.UTF_8).length
                    + ParcelEncoder.EventsEncoder.payloadHeaderLength()
                    + payload.length;
        }
    }

    /** With its header. */
    byte[] encode() {
        int length =
                HEAD_BYTES
                        + items.stream().mapToInt(Item::bytes).sum()
                        + events.stream().mapToInt(Event::bytes).sum();
        byte[] bytes = new byte[length];
        ParcelEncoder out = new ParcelEncoder();
        out.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
                .source(source)
                .home(home)
                .destination(destination)
                .sequence(sequence)
                .tick(tick);
        ParcelEncoder.EntitiesEncoder entities = out.entitiesCount(items.size());
        for (Item item : items) {
            entities.next()
                    .transfer(item.transfer)
                    .entity(item.entity)
                    .returned((short) (item.isReturned ? 1 : 0))
                    .putImage(item.image, 0, item.image.length);
        }
        ParcelEncoder.EventsEncoder sent = out.eventsCount(events.size());
        for (Event event : events) {
            sent.next()
                    .form(Integer.toUnsignedLong(event.form))
                    .service(event.service)
                    .eventName(event.event)
                    .putPayload(event.payload, 0, event.payload.length);
        }
        return bytes;
    }

    /** From bytes with their header; null when they aren't a whole parcel. */
    public static @Nullable Parcel decode(DirectBuffer buffer, int offset, int length) {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (length < HEAD_BYTES_MIN) {
            return null;
        }
        // A view that ends with the message: what claims to be longer fails at the end of it.
        DirectBuffer message = new UnsafeBuffer(buffer, offset, length);
        header.wrap(message, 0);
        if (header.schemaId() != ParcelDecoder.SCHEMA_ID
                || header.templateId() != ParcelDecoder.TEMPLATE_ID) {
            return null;
        }
        try {
            ParcelDecoder in = new ParcelDecoder().wrapAndApplyHeader(message, 0, header);
            List<Item> items = new ArrayList<>();
            for (ParcelDecoder.EntitiesDecoder each : in.entities()) {
                byte[] image = new byte[Math.min(each.imageLength(), length)];
                long transfer = each.transfer();
                long entity = each.entity();
                boolean isReturned = each.returned() != 0;
                each.getImage(image, 0, image.length);
                items.add(new Item(transfer, entity, isReturned, image));
            }
            List<Event> events = new ArrayList<>();
            for (ParcelDecoder.EventsDecoder each : in.events()) {
                int form = (int) each.form();
                String service = each.service();
                String event = each.eventName();
                byte[] payload = new byte[Math.min(each.payloadLength(), length)];
                each.getPayload(payload, 0, payload.length);
                events.add(new Event(service, event, form, payload));
            }
            return new Parcel(
                    in.source(),
                    in.home(),
                    in.destination(),
                    in.sequence(),
                    in.tick(),
                    items,
                    events);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            return null;
        }
    }

    static @Nullable Parcel decode(byte[] bytes) {
        return decode(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
