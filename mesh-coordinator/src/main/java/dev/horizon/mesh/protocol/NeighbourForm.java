package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.schemas.mesh.MessageHeaderDecoder;
import dev.horizon.schemas.mesh.MessageHeaderEncoder;
import dev.horizon.schemas.mesh.NeighboursDecoder;
import dev.horizon.schemas.mesh.NeighboursEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads and writes who is near. */
final class NeighbourForm {
    private NeighbourForm() {}

    static int encode(Neighbours m, MutableDirectBuffer buffer, MessageHeaderEncoder header) {
        NeighboursEncoder out = new NeighboursEncoder();
        out.wrapAndApplyHeader(buffer, 0, header).home(m.home()).life(m.life()).mark(m.mark());
        NeighboursEncoder.RegionsEncoder regions = out.regionsCount(m.regions().size());
        for (Neighbours.Entry each : m.regions()) {
            Region of = each.region();
            regions.next()
                    .node(each.node())
                    .minX(of.minX())
                    .minY(of.minY())
                    .minZ(of.minZ())
                    .maxX(of.maxX())
                    .maxY(of.maxY())
                    .maxZ(of.maxZ())
                    .peer(each.peer());
        }
        return out.encodedLength();
    }

    static Neighbours decode(DirectBuffer buffer, MessageHeaderDecoder header) {
        var in = new NeighboursDecoder().wrapAndApplyHeader(buffer, 0, header);
        List<Neighbours.Entry> regions = new ArrayList<>();
        NeighboursDecoder.RegionsDecoder group = in.regions();
        Groups.requireRoom(group.count(), buffer);
        for (NeighboursDecoder.RegionsDecoder each : group) {
            Region box =
                    new Region(
                            0,
                            "",
                            0,
                            each.minX(),
                            each.minY(),
                            each.minZ(),
                            each.maxX(),
                            each.maxY(),
                            each.maxZ());
            long node = each.node();
            regions.add(new Neighbours.Entry(node, each.peer(), box));
        }
        return new Neighbours(in.home(), in.life(), in.mark(), regions);
    }
}
