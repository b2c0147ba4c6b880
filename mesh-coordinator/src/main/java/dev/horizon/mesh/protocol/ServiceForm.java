package dev.horizon.mesh.protocol;

import dev.horizon.mesh.protocol.MeshMessage.ServiceChanges;
import dev.horizon.schemas.mesh.MessageHeaderDecoder;
import dev.horizon.schemas.mesh.MessageHeaderEncoder;
import dev.horizon.schemas.mesh.ServiceChangesDecoder;
import dev.horizon.schemas.mesh.ServiceChangesEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads and writes what nodes offer others. */
final class ServiceForm {
    private ServiceForm() {}

    static int encode(ServiceChanges m, MutableDirectBuffer buffer, MessageHeaderEncoder header) {
        ServiceChangesEncoder out = new ServiceChangesEncoder();
        out.wrapAndApplyHeader(buffer, 0, header)
                .home(m.home())
                .life(m.life())
                .after(m.after())
                .upTo(m.upTo());
        ServiceChangesEncoder.OffersEncoder offers = out.offersCount(m.offers().size());
        for (ServiceChanges.Change each : m.offers()) {
            offers.next()
                    .node(each.home())
                    .world(Integer.toUnsignedLong(each.offer().world()))
                    .peer(each.peer())
                    .services(each.offer().text());
        }
        return out.encodedLength();
    }

    static ServiceChanges decode(DirectBuffer buffer, MessageHeaderDecoder header) {
        var in = new ServiceChangesDecoder().wrapAndApplyHeader(buffer, 0, header);
        List<ServiceChanges.Change> offers = new ArrayList<>();
        ServiceChangesDecoder.OffersDecoder changed = in.offers();
        Groups.requireRoom(changed.count(), buffer);
        for (ServiceChangesDecoder.OffersDecoder each : changed) {
            long node = each.node();
            int world = (int) each.world();
            String peer = each.peer();
            offers.add(
                    new ServiceChanges.Change(node, peer, ServiceOffer.of(world, each.services())));
        }
        return new ServiceChanges(in.home(), in.life(), in.after(), in.upTo(), offers);
    }
}
