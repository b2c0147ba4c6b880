package dev.horizon.mesh.protocol;

import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.EntityBeyond;
import dev.horizon.mesh.protocol.MeshMessage.EntityJumps;
import dev.horizon.mesh.protocol.MeshMessage.HelloWanted;
import dev.horizon.mesh.protocol.MeshMessage.JumpRefused;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeRefused;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.NodeState;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.RegionLeft;
import dev.horizon.mesh.protocol.MeshMessage.RegionMerge;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.MeshMessage.RegionSplit;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.MeshMessage.RequestDone;
import dev.horizon.mesh.protocol.MeshMessage.ServiceChanges;
import dev.horizon.mesh.protocol.MeshMessage.StateEnd;
import dev.horizon.mesh.protocol.MeshMessage.StateHead;
import dev.horizon.mesh.protocol.MeshMessage.StateRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.MeshMessage.TransferRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferState;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.schemas.mesh.ConfirmGoneEncoder;
import dev.horizon.schemas.mesh.EntityBeyondEncoder;
import dev.horizon.schemas.mesh.EntityJumpsEncoder;
import dev.horizon.schemas.mesh.HelloWantedEncoder;
import dev.horizon.schemas.mesh.JumpRefusedEncoder;
import dev.horizon.schemas.mesh.MessageHeaderEncoder;
import dev.horizon.schemas.mesh.NodeGoodbyeEncoder;
import dev.horizon.schemas.mesh.NodeHelloEncoder;
import dev.horizon.schemas.mesh.NodeRefusedEncoder;
import dev.horizon.schemas.mesh.NodeReportEncoder;
import dev.horizon.schemas.mesh.NodeStateEncoder;
import dev.horizon.schemas.mesh.NodeWelcomeEncoder;
import dev.horizon.schemas.mesh.RegionLeftEncoder;
import dev.horizon.schemas.mesh.RegionMergeEncoder;
import dev.horizon.schemas.mesh.RegionMoveEncoder;
import dev.horizon.schemas.mesh.RegionSplitEncoder;
import dev.horizon.schemas.mesh.RegionStateEncoder;
import dev.horizon.schemas.mesh.RequestDoneEncoder;
import dev.horizon.schemas.mesh.StateEndEncoder;
import dev.horizon.schemas.mesh.StateHeadEncoder;
import dev.horizon.schemas.mesh.StateRequestEncoder;
import dev.horizon.schemas.mesh.TransferOrderEncoder;
import dev.horizon.schemas.mesh.TransferRequestEncoder;
import dev.horizon.schemas.mesh.TransferStateEncoder;
import dev.horizon.schemas.mesh.TransferWordEncoder;
import org.agrona.MutableDirectBuffer;

/** Writes messages as SBE, schema 4. For one thread. */
public final class MeshEncoder {
    /** What one message takes at most: a hello with {@link #CLAIMED_REGIONS_MAX} regions. */
    public static final int MESSAGE_BYTES_MAX = 32 << 10;

    /** Regions that a node claims at most. */
    public static final int CLAIMED_REGIONS_MAX = 256;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final NodeHelloEncoder hello = new NodeHelloEncoder();
    private final NodeReportEncoder report = new NodeReportEncoder();
    private final NodeWelcomeEncoder welcome = new NodeWelcomeEncoder();
    private final NodeStateEncoder node = new NodeStateEncoder();
    private final RegionStateEncoder region = new RegionStateEncoder();

    /** Writes a message with its header; returns its length. */
    public int encode(MeshMessage message, MutableDirectBuffer buffer) {
        int length =
                switch (message) {
                    case NodeHello m -> hello(m.claim(), buffer);
                    case NodeReport m -> report(m, buffer);
                    case NodeGoodbye m ->
                            new NodeGoodbyeEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .encodedLength();
                    case StateRequest m ->
                            new StateRequestEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .skip(m.skip())
                                    .encodedLength();
                    case ConfirmGone m ->
                            new ConfirmGoneEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .home(m.home())
                                    .life(m.life())
                                    .encodedLength();
                    case NodeWelcome m -> welcome(m, buffer);
                    case NodeRefused m ->
                            new NodeRefusedEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .code(m.code())
                                    .text(m.text())
                                    .encodedLength();
                    case HelloWanted m ->
                            new HelloWantedEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .encodedLength();
                    case RequestDone m ->
                            new RequestDoneEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .code(m.code())
                                    .text(m.text())
                                    .encodedLength();
                    case StateHead m ->
                            new StateHeadEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .formatVersion(m.formatVersion())
                                    .now(m.now())
                                    .lastBlock(m.lastBlock())
                                    .nodes(m.nodes())
                                    .regions(m.regions())
                                    .lastTransfer(m.lastTransfer())
                                    .transfers(m.transfers())
                                    .lastOffer(m.lastOffer())
                                    .encodedLength();
                    case TransferRequest m ->
                            new TransferRequestEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .entity(m.entity())
                                    .source(m.source())
                                    .destination(m.destination())
                                    .encodedLength();
                    case TransferWord m ->
                            new TransferWordEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .transfer(m.transfer())
                                    .word((short) m.word().ordinal())
                                    .code(m.code())
                                    .text(m.text())
                                    .encodedLength();
                    case EntityBeyond m ->
                            new EntityBeyondEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .entity(m.entity())
                                    .x(m.x())
                                    .y(m.y())
                                    .z(m.z())
                                    .encodedLength();
                    case EntityJumps m ->
                            new EntityJumpsEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .entity(m.entity())
                                    .jump(m.jump())
                                    .x(m.x())
                                    .y(m.y())
                                    .z(m.z())
                                    .starSystem(m.starSystem())
                                    .encodedLength();
                    case JumpRefused m ->
                            new JumpRefusedEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .entity(m.entity())
                                    .jump(m.jump())
                                    .code(m.code())
                                    .text(m.text())
                                    .encodedLength();
                    case TransferOrder m ->
                            new TransferOrderEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .transfer(m.transfer())
                                    .step((short) m.step().ordinal())
                                    .floor(m.floor())
                                    .entity(m.entity())
                                    .source(m.source())
                                    .destination(m.destination())
                                    .jump(m.jump())
                                    .peer(m.peer())
                                    .encodedLength();
                    case RegionMove m ->
                            new RegionMoveEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .region(m.region())
                                    .destination(m.destination())
                                    .starSystem(m.starSystem())
                                    .encodedLength();
                    case RegionSplit m ->
                            new RegionSplitEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .region(m.region())
                                    .axis((short) m.axis())
                                    .at(m.at())
                                    .starSystem(m.starSystem())
                                    .encodedLength();
                    case RegionMerge m ->
                            new RegionMergeEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .region(m.region())
                                    .part(m.part())
                                    .starSystem(m.starSystem())
                                    .encodedLength();
                    case RegionLeft m ->
                            new RegionLeftEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .home(m.home())
                                    .life(m.life())
                                    .region(m.region())
                                    .epoch(m.epoch())
                                    .encodedLength();
                    case ServiceChanges m -> ServiceForm.encode(m, buffer, header);
                    case Placement m -> PlacementForm.encode(m, buffer, header);
                    case Neighbours m -> NeighbourForm.encode(m, buffer, header);
                    case TransferState m -> transfer(m, buffer);
                    case NodeState m -> node(m, buffer);
                    case RegionState m -> region(m, buffer);
                    case StateEnd m ->
                            new StateEndEncoder()
                                    .wrapAndApplyHeader(buffer, 0, header)
                                    .request(m.request())
                                    .next(m.next())
                                    .encodedLength();
                };
        return MessageHeaderEncoder.ENCODED_LENGTH + length;
    }

    private int hello(NodeClaim claim, MutableDirectBuffer buffer) {
        hello.wrapAndApplyHeader(buffer, 0, header)
                .home(claim.home())
                .life(claim.life())
                .folder(claim.folder())
                .replaces(claim.replaces());
        NodeHelloEncoder.RegionsEncoder regions = hello.regionsCount(claim.regions().size());
        for (Region each : claim.regions()) {
            regions.next()
                    .region(each.id())
                    .minX(each.minX())
                    .minY(each.minY())
                    .minZ(each.minZ())
                    .maxX(each.maxX())
                    .maxY(each.maxY())
                    .maxZ(each.maxZ());
        }
        return hello.node(claim.node())
                .starSystem(claim.starSystem())
                .address(claim.address())
                .pages(claim.pages())
                .peer(claim.peer())
                .encodedLength();
    }

    private int report(NodeReport m, MutableDirectBuffer buffer) {
        NodeLoad load = m.load();
        return report.wrapAndApplyHeader(buffer, 0, header)
                .home(m.home())
                .life(m.life())
                .tick(load.tick())
                .heardTick(load.heardTick())
                .tickMicros(load.tickMicros())
                .budgetMicros(load.budgetMicros())
                .dilationPermille(load.dilationPermille())
                .sessions(load.sessions())
                .entities(load.entities())
                .revision(m.revision())
                .toLeave(load.toLeave())
                .world(Integer.toUnsignedLong(m.offer().world()))
                .offers(m.offers())
                .neighbours(m.neighbours())
                .placement(m.placement())
                .services(m.offer().text())
                .encodedLength();
    }

    private int welcome(NodeWelcome m, MutableDirectBuffer buffer) {
        welcome.wrapAndApplyHeader(buffer, 0, header)
                .home(m.home())
                .life(m.life())
                .block(m.block())
                .revision(m.revision());
        NodeWelcomeEncoder.RegionsEncoder regions = welcome.regionsCount(m.regions().size());
        for (OwnedRegion each : m.regions()) {
            Region of = each.region();
            regions.next()
                    .region(of.id())
                    .epoch(of.epoch())
                    .standing((short) each.standing().ordinal())
                    .minX(of.minX())
                    .minY(of.minY())
                    .minZ(of.minZ())
                    .maxX(of.maxX())
                    .maxY(of.maxY())
                    .maxZ(of.maxZ());
        }
        String starSystem =
                m.regions().isEmpty() ? "" : m.regions().getFirst().region().starSystem();
        return welcome.starSystem(starSystem).encodedLength();
    }

    private int node(NodeState m, MutableDirectBuffer buffer) {
        NodeEntry entry = m.node();
        NodeLoad load = entry.load();
        return node.wrapAndApplyHeader(buffer, 0, header)
                .request(m.request())
                .home(entry.home())
                .life(entry.life())
                .presence((short) entry.presence().ordinal())
                .block(entry.block())
                .heardAt(entry.heardAt())
                .advancedAt(entry.advancedAt())
                .deliveredAt(entry.deliveredAt())
                .tick(load.tick())
                .heardTick(load.heardTick())
                .tickMicros(load.tickMicros())
                .budgetMicros(load.budgetMicros())
                .dilationPermille(load.dilationPermille())
                .sessions(load.sessions())
                .entities(load.entities())
                .revision(entry.revision())
                .toLeave(load.toLeave())
                .world(Integer.toUnsignedLong(entry.offer().world()))
                .offered(entry.offered())
                .folder(entry.folder())
                .node(entry.name())
                .starSystem(entry.starSystem())
                .address(entry.address())
                .pages(entry.pages())
                .peer(entry.peer())
                .services(entry.offer().text())
                .encodedLength();
    }

    private int transfer(TransferState m, MutableDirectBuffer buffer) {
        TransferEntry entry = m.transfer();
        return new TransferStateEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .request(m.request())
                .transfer(entry.transfer())
                .asked(entry.asked())
                .stage((short) entry.stage().ordinal())
                .entity(entry.entity())
                .source(entry.source())
                .destination(entry.destination())
                .begunAt(entry.begunAt())
                .changedAt(entry.changedAt())
                .jump(entry.jump())
                .code(entry.code())
                .text(entry.text())
                .encodedLength();
    }

    private int region(RegionState m, MutableDirectBuffer buffer) {
        Region of = m.region().region();
        return region.wrapAndApplyHeader(buffer, 0, header)
                .request(m.request())
                .region(of.id())
                .epoch(of.epoch())
                .owner(m.region().owner())
                .minX(of.minX())
                .minY(of.minY())
                .minZ(of.minZ())
                .maxX(of.maxX())
                .maxY(of.maxY())
                .maxZ(of.maxZ())
                .heir(m.region().heir())
                .keeper(m.region().keeper())
                .starSystem(of.starSystem())
                .encodedLength();
    }
}
