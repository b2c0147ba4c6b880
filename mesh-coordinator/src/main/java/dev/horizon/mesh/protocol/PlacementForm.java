package dev.horizon.mesh.protocol;

import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.schemas.mesh.MessageHeaderDecoder;
import dev.horizon.schemas.mesh.MessageHeaderEncoder;
import dev.horizon.schemas.mesh.PlacementDecoder;
import dev.horizon.schemas.mesh.PlacementEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads and writes who takes new players. */
final class PlacementForm {
    private PlacementForm() {}

    static int encode(Placement m, MutableDirectBuffer buffer, MessageHeaderEncoder header) {
        PlacementEncoder out = new PlacementEncoder();
        out.wrapAndApplyHeader(buffer, 0, header).home(m.home()).life(m.life()).mark(m.mark());
        PlacementEncoder.NodesEncoder nodes = out.nodesCount(m.nodes().size());
        for (Placement.Room each : m.nodes()) {
            nodes.next().node(each.node()).room((short) each.tenths());
        }
        return out.encodedLength();
    }

    static Placement decode(DirectBuffer buffer, MessageHeaderDecoder header) {
        var in = new PlacementDecoder().wrapAndApplyHeader(buffer, 0, header);
        List<Placement.Room> nodes = new ArrayList<>();
        PlacementDecoder.NodesDecoder group = in.nodes();
        Groups.requireRoom(group.count(), buffer);
        for (PlacementDecoder.NodesDecoder each : group) {
            nodes.add(new Placement.Room(each.node(), each.room()));
        }
        return new Placement(in.home(), in.life(), in.mark(), nodes);
    }
}
