package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage.NodeState;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.MeshMessage.StateHead;
import dev.horizon.mesh.protocol.MeshMessage.TransferState;
import dev.horizon.schemas.mesh.MessageHeaderDecoder;
import dev.horizon.schemas.mesh.NodeStateDecoder;
import dev.horizon.schemas.mesh.RegionStateDecoder;
import dev.horizon.schemas.mesh.StateHeadDecoder;
import dev.horizon.schemas.mesh.TransferStateDecoder;
import org.agrona.DirectBuffer;

/** Reads the messages that hold the coordinator's state. For one thread. */
final class StateDecoder {
    private final MessageHeaderDecoder headerIn;
    private final NodeStateDecoder nodeIn = new NodeStateDecoder();
    private final RegionStateDecoder regionIn = new RegionStateDecoder();

    StateDecoder(MessageHeaderDecoder headerIn) {
        this.headerIn = headerIn;
    }

    StateHead head(DirectBuffer buffer) {
        var in = new StateHeadDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
        boolean knowsTransfers = in.actingVersion() >= 1;
        return new StateHead(
                in.request(),
                in.formatVersion(),
                in.now(),
                (int) in.lastBlock(),
                (int) in.nodes(),
                (int) in.regions(),
                knowsTransfers ? in.lastTransfer() : 0,
                knowsTransfers ? (int) in.transfers() : 0,
                in.actingVersion() >= MeshDecoder.SERVICES ? in.lastOffer() : 0);
    }

    NodeState node(DirectBuffer buffer) {
        nodeIn.wrapAndApplyHeader(buffer, 0, headerIn);
        boolean knowsMoves = nodeIn.actingVersion() >= MeshDecoder.MOVES;
        NodeLoad load =
                new NodeLoad(
                        nodeIn.tick(),
                        nodeIn.heardTick(),
                        (int) nodeIn.tickMicros(),
                        (int) nodeIn.budgetMicros(),
                        nodeIn.dilationPermille(),
                        (int) nodeIn.sessions(),
                        (int) nodeIn.entities(),
                        knowsMoves ? (int) nodeIn.toLeave() : 0);
        long request = nodeIn.request();
        String name = nodeIn.node();
        String starSystem = nodeIn.starSystem();
        String address = nodeIn.address();
        String pages = nodeIn.pages();
        String peer = nodeIn.peer();
        boolean knowsServices = nodeIn.actingVersion() >= MeshDecoder.SERVICES;
        boolean knowsFolders = nodeIn.actingVersion() >= MeshDecoder.FOLDERS;
        return new NodeState(
                request,
                new NodeEntry(
                        name,
                        nodeIn.home(),
                        knowsFolders ? nodeIn.folder() : nodeIn.home(),
                        nodeIn.life(),
                        Presence.values()[nodeIn.presence()],
                        (int) nodeIn.block(),
                        starSystem,
                        address,
                        pages,
                        peer,
                        nodeIn.heardAt(),
                        nodeIn.advancedAt(),
                        nodeIn.deliveredAt(),
                        knowsMoves ? (int) nodeIn.revision() : 0,
                        load,
                        knowsServices
                                ? ServiceOffer.of((int) nodeIn.world(), nodeIn.services())
                                : ServiceOffer.NONE,
                        knowsServices ? nodeIn.offered() : 0));
    }

    TransferState transfer(DirectBuffer buffer) {
        var in = new TransferStateDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
        return new TransferState(
                in.request(),
                new TransferEntry(
                        in.transfer(),
                        in.asked(),
                        TransferEntry.Stage.values()[in.stage()],
                        in.entity(),
                        in.source(),
                        in.destination(),
                        in.begunAt(),
                        in.changedAt(),
                        in.actingVersion() >= MeshDecoder.JUMPS ? in.jump() : 0,
                        in.code(),
                        in.text()));
    }

    RegionState region(DirectBuffer buffer) {
        regionIn.wrapAndApplyHeader(buffer, 0, headerIn);
        Region of =
                new Region(
                        (int) regionIn.region(),
                        regionIn.starSystem(),
                        regionIn.epoch(),
                        regionIn.minX(),
                        regionIn.minY(),
                        regionIn.minZ(),
                        regionIn.maxX(),
                        regionIn.maxY(),
                        regionIn.maxZ());
        boolean knowsMoves = regionIn.actingVersion() >= MeshDecoder.MOVES;
        return new RegionState(
                regionIn.request(),
                new RegionEntry(
                        of,
                        regionIn.owner(),
                        knowsMoves ? regionIn.heir() : 0,
                        knowsMoves ? regionIn.keeper() : 0));
    }
}
