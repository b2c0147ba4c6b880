package dev.horizon.mesh.protocol;

import dev.horizon.schemas.mesh.GhostsSentDecoder;
import dev.horizon.schemas.mesh.GhostsSentEncoder;
import dev.horizon.schemas.mesh.MessageHeaderDecoder;
import dev.horizon.schemas.mesh.MessageHeaderEncoder;
import dev.horizon.schemas.mesh.ParcelReceivedDecoder;
import dev.horizon.schemas.mesh.ParcelReceivedEncoder;
import dev.horizon.schemas.mesh.ParcelSentDecoder;
import dev.horizon.schemas.mesh.ParcelSentEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** What two nodes say to each other, past the coordinator. Any may come twice, late, or never. */
public sealed interface PeerMessage {
    /**
     * What a node has for another: entities that it released, and events.
     *
     * @param floor sequence of the oldest parcel that it keeps for that node; 0 where it doesn't
     *     say
     * @param peer where it takes the answer
     * @param parcel as its tape has it; not to be changed
     */
    record ParcelSent(long floor, String peer, byte[] parcel) implements PeerMessage {}

    /**
     * Parcels of a world are recorded by their destination.
     *
     * @param source id block of the world
     * @param destination home of the node
     * @param sequence all up to this one
     * @param returned transfers that it could not take
     */
    record ParcelReceived(long source, long destination, long sequence, List<Long> returned)
            implements PeerMessage {
        /** Copies the list. */
        public ParcelReceived {
            returned = List.copyOf(returned);
        }
    }

    /**
     * What a node has near the border. Not answered, and not said again: there is a later one soon.
     *
     * @param ghosts as the tape of who takes it will have it; not to be changed
     */
    record GhostsSent(byte[] ghosts) implements PeerMessage {}

    /** Writes it with its header, as SBE; returns its length. */
    default int encode(ExpandableArrayBuffer buffer) {
        return encode(this, buffer);
    }

    private static int encode(PeerMessage message, MutableDirectBuffer buffer) {
        MessageHeaderEncoder header = new MessageHeaderEncoder();
        int length =
                switch (message) {
                    case ParcelSent m ->
                            new ParcelSentEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .floor(m.floor())
                                    .peer(m.peer())
                                    .putParcel(m.parcel(), 0, m.parcel().length)
                                    .encodedLength();
                    case GhostsSent m ->
                            new GhostsSentEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .putGhosts(m.ghosts(), 0, m.ghosts().length)
                                    .encodedLength();
                    case ParcelReceived m -> {
                        ParcelReceivedEncoder out =
                                new ParcelReceivedEncoder()
                                        .wrapAndApplyHeader(buffer, 0, header)
                                        .source(m.source())
                                        .destination(m.destination())
                                        .sequence(m.sequence());
                        var returned = out.returnedCount(m.returned().size());
                        m.returned().forEach(each -> returned.next().transfer(each));
                        yield out.encodedLength();
                    }
                };
        return MessageHeaderEncoder.ENCODED_LENGTH + length;
    }

    /** Reads one; null for what isn't one, or is cut off. */
    static @Nullable PeerMessage decode(DirectBuffer buffer, int offset, int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            return null;
        }
        DirectBuffer message = new UnsafeBuffer(buffer, offset, length);
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        header.wrap(message, 0);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return null;
        }
        try {
            return switch (header.templateId()) {
                case ParcelSentDecoder.TEMPLATE_ID -> {
                    var in = new ParcelSentDecoder().wrapAndApplyHeader(message, 0, header);
                    long floor = in.actingVersion() >= MeshDecoder.SERVICES ? in.floor() : 0;
                    String peer = in.peer();
                    byte[] parcel = new byte[Math.min(in.parcelLength(), length)];
                    in.getParcel(parcel, 0, parcel.length);
                    yield new ParcelSent(floor, peer, parcel);
                }
                case GhostsSentDecoder.TEMPLATE_ID -> {
                    var in = new GhostsSentDecoder().wrapAndApplyHeader(message, 0, header);
                    byte[] ghosts = new byte[Math.min(in.ghostsLength(), length)];
                    in.getGhosts(ghosts, 0, ghosts.length);
                    yield new GhostsSent(ghosts);
                }
                case ParcelReceivedDecoder.TEMPLATE_ID -> {
                    var in = new ParcelReceivedDecoder().wrapAndApplyHeader(message, 0, header);
                    List<Long> returned = new ArrayList<>();
                    ParcelReceivedDecoder.ReturnedDecoder group = in.returned();
                    Groups.requireRoom(group.count(), message);
                    group.forEach(each -> returned.add(each.transfer()));
                    yield new ParcelReceived(
                            in.source(), in.destination(), in.sequence(), returned);
                }
                default -> null;
            };
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            return null;
        }
    }
}
