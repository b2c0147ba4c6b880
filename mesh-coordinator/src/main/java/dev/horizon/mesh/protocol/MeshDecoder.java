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
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.RegionLeft;
import dev.horizon.mesh.protocol.MeshMessage.RegionMerge;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.MeshMessage.RegionSplit;
import dev.horizon.mesh.protocol.MeshMessage.RequestDone;
import dev.horizon.mesh.protocol.MeshMessage.StateEnd;
import dev.horizon.mesh.protocol.MeshMessage.StateRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.MeshMessage.TransferRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.mesh.protocol.OwnedRegion.Standing;
import dev.horizon.schemas.mesh.ConfirmGoneDecoder;
import dev.horizon.schemas.mesh.EntityBeyondDecoder;
import dev.horizon.schemas.mesh.EntityJumpsDecoder;
import dev.horizon.schemas.mesh.HelloWantedDecoder;
import dev.horizon.schemas.mesh.JumpRefusedDecoder;
import dev.horizon.schemas.mesh.MessageHeaderDecoder;
import dev.horizon.schemas.mesh.NeighboursDecoder;
import dev.horizon.schemas.mesh.NodeGoodbyeDecoder;
import dev.horizon.schemas.mesh.NodeHelloDecoder;
import dev.horizon.schemas.mesh.NodeRefusedDecoder;
import dev.horizon.schemas.mesh.NodeReportDecoder;
import dev.horizon.schemas.mesh.NodeStateDecoder;
import dev.horizon.schemas.mesh.NodeWelcomeDecoder;
import dev.horizon.schemas.mesh.PlacementDecoder;
import dev.horizon.schemas.mesh.RegionLeftDecoder;
import dev.horizon.schemas.mesh.RegionMergeDecoder;
import dev.horizon.schemas.mesh.RegionMoveDecoder;
import dev.horizon.schemas.mesh.RegionSplitDecoder;
import dev.horizon.schemas.mesh.RegionStateDecoder;
import dev.horizon.schemas.mesh.RequestDoneDecoder;
import dev.horizon.schemas.mesh.ServiceChangesDecoder;
import dev.horizon.schemas.mesh.StateEndDecoder;
import dev.horizon.schemas.mesh.StateHeadDecoder;
import dev.horizon.schemas.mesh.StateRequestDecoder;
import dev.horizon.schemas.mesh.TransferOrderDecoder;
import dev.horizon.schemas.mesh.TransferRequestDecoder;
import dev.horizon.schemas.mesh.TransferStateDecoder;
import dev.horizon.schemas.mesh.TransferWordDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Reads messages, whoever wrote them. For one thread. */
public final class MeshDecoder {
    /** Of the schema, since regions move. */
    static final int MOVES = 2;

    /** Of the schema, since entities jump. */
    static final int JUMPS = 2;

    /** Of the schema, since nodes offer services. */
    static final int SERVICES = 3;

    /** Of the schema, since a standby's folder may speak for a node. */
    static final int FOLDERS = 4;

    /** Of the schema, since nodes know their neighbours. */
    static final int NEIGHBOURS = 4;

    /** Of the schema, since nodes know who takes new players. */
    static final int PLACEMENT = 5;

    /** Of who doesn't know that regions move. */
    private static final int NO_REVISION = -1;

    private static final Standing[] STANDINGS = Standing.values();

    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final NodeHelloDecoder helloIn = new NodeHelloDecoder();
    private final NodeReportDecoder reportIn = new NodeReportDecoder();
    private final NodeWelcomeDecoder welcomeIn = new NodeWelcomeDecoder();
    private final StateDecoder stateIn = new StateDecoder(headerIn);

    /**
     * Reads a message; null for one that isn't of this schema, has no meaning here, or is cut off.
     */
    public @Nullable MeshMessage decode(DirectBuffer buffer, int offset, int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH
                || length > MeshEncoder.MESSAGE_BYTES_MAX) {
            return null;
        }
        headerIn.wrap(buffer, offset);
        if (headerIn.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            return null;
        }
        // A view that ends with the message: what claims to be longer fails at the end of it.
        DirectBuffer message = new UnsafeBuffer(buffer, offset, length);
        try {
            return decode(message);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            return null;
        }
    }

    private @Nullable MeshMessage decode(DirectBuffer buffer) {
        return switch (headerIn.templateId()) {
            case NodeHelloDecoder.TEMPLATE_ID -> hello(buffer);
            case NodeReportDecoder.TEMPLATE_ID -> report(buffer);
            case NodeGoodbyeDecoder.TEMPLATE_ID -> {
                var in = new NodeGoodbyeDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new NodeGoodbye(in.home(), in.life());
            }
            case StateRequestDecoder.TEMPLATE_ID -> {
                var in = new StateRequestDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new StateRequest(in.request(), (int) in.skip());
            }
            case ConfirmGoneDecoder.TEMPLATE_ID -> {
                var in = new ConfirmGoneDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new ConfirmGone(in.request(), in.home(), in.life());
            }
            case NodeWelcomeDecoder.TEMPLATE_ID -> welcome(buffer);
            case NodeRefusedDecoder.TEMPLATE_ID -> {
                var in = new NodeRefusedDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new NodeRefused(in.home(), in.life(), in.code(), in.text());
            }
            case HelloWantedDecoder.TEMPLATE_ID -> {
                var in = new HelloWantedDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new HelloWanted(in.home(), in.life());
            }
            case RequestDoneDecoder.TEMPLATE_ID -> {
                var in = new RequestDoneDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new RequestDone(in.request(), in.code(), in.text());
            }
            case TransferRequestDecoder.TEMPLATE_ID -> {
                var in = new TransferRequestDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new TransferRequest(in.request(), in.entity(), in.source(), in.destination());
            }
            case TransferWordDecoder.TEMPLATE_ID -> {
                var in = new TransferWordDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new TransferWord(
                        in.home(),
                        in.life(),
                        in.transfer(),
                        TransferWord.Word.values()[in.word()],
                        in.code(),
                        in.text());
            }
            case EntityBeyondDecoder.TEMPLATE_ID -> {
                var in = new EntityBeyondDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new EntityBeyond(in.home(), in.life(), in.entity(), in.x(), in.y(), in.z());
            }
            case EntityJumpsDecoder.TEMPLATE_ID -> {
                var in = new EntityJumpsDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new EntityJumps(
                        in.home(),
                        in.life(),
                        in.entity(),
                        in.jump(),
                        in.starSystem(),
                        in.x(),
                        in.y(),
                        in.z());
            }
            case JumpRefusedDecoder.TEMPLATE_ID -> {
                var in = new JumpRefusedDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new JumpRefused(
                        in.home(), in.life(), in.entity(), in.jump(), in.code(), in.text());
            }
            case TransferOrderDecoder.TEMPLATE_ID -> {
                var in = new TransferOrderDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new TransferOrder(
                        in.home(),
                        in.transfer(),
                        TransferOrder.Step.values()[in.step()],
                        in.floor(),
                        in.entity(),
                        in.source(),
                        in.destination(),
                        in.actingVersion() >= JUMPS ? in.jump() : 0,
                        in.peer());
            }
            case RegionMoveDecoder.TEMPLATE_ID -> {
                var in = new RegionMoveDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new RegionMove(
                        in.request(), in.starSystem(), (int) in.region(), in.destination());
            }
            case RegionSplitDecoder.TEMPLATE_ID -> {
                var in = new RegionSplitDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new RegionSplit(
                        in.request(), in.starSystem(), (int) in.region(), in.axis(), in.at());
            }
            case RegionMergeDecoder.TEMPLATE_ID -> {
                var in = new RegionMergeDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new RegionMerge(
                        in.request(), in.starSystem(), (int) in.region(), (int) in.part());
            }
            case RegionLeftDecoder.TEMPLATE_ID -> {
                var in = new RegionLeftDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new RegionLeft(in.home(), in.life(), (int) in.region(), in.epoch());
            }
            case TransferStateDecoder.TEMPLATE_ID -> stateIn.transfer(buffer);
            case ServiceChangesDecoder.TEMPLATE_ID -> ServiceForm.decode(buffer, headerIn);
            case PlacementDecoder.TEMPLATE_ID -> PlacementForm.decode(buffer, headerIn);
            case NeighboursDecoder.TEMPLATE_ID -> NeighbourForm.decode(buffer, headerIn);
            case StateHeadDecoder.TEMPLATE_ID -> stateIn.head(buffer);
            case NodeStateDecoder.TEMPLATE_ID -> stateIn.node(buffer);
            case RegionStateDecoder.TEMPLATE_ID -> stateIn.region(buffer);
            case StateEndDecoder.TEMPLATE_ID -> {
                var in = new StateEndDecoder().wrapAndApplyHeader(buffer, 0, headerIn);
                yield new StateEnd(in.request(), (int) in.next());
            }
            default -> null;
        };
    }

    private NodeHello hello(DirectBuffer buffer) {
        helloIn.wrapAndApplyHeader(buffer, 0, headerIn);
        long home = helloIn.home();
        long life = helloIn.life();
        boolean knowsFolders = helloIn.actingVersion() >= FOLDERS;
        long folder = knowsFolders ? helloIn.folder() : home;
        long replaces = knowsFolders ? helloIn.replaces() : 0;
        List<double[]> boxes = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        NodeHelloDecoder.RegionsDecoder claimed = helloIn.regions();
        Groups.requireRoom(claimed.count(), buffer);
        for (NodeHelloDecoder.RegionsDecoder each : claimed) {
            ids.add((int) each.region());
            boxes.add(
                    new double[] {
                        each.minX(), each.minY(), each.minZ(), each.maxX(), each.maxY(), each.maxZ()
                    });
        }
        String name = helloIn.node();
        String starSystem = helloIn.starSystem();
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            double[] box = boxes.get(i);
            regions.add(
                    new Region(
                            ids.get(i),
                            starSystem,
                            1,
                            box[0],
                            box[1],
                            box[2],
                            box[3],
                            box[4],
                            box[5]));
        }
        return new NodeHello(
                new NodeClaim(
                        name,
                        home,
                        life,
                        folder,
                        replaces,
                        starSystem,
                        helloIn.address(),
                        helloIn.pages(),
                        helloIn.peer(),
                        regions));
    }

    private NodeReport report(DirectBuffer buffer) {
        reportIn.wrapAndApplyHeader(buffer, 0, headerIn);
        boolean knowsMoves = reportIn.actingVersion() >= MOVES;
        boolean knowsServices = reportIn.actingVersion() >= SERVICES;
        return new NodeReport(
                reportIn.home(),
                reportIn.life(),
                knowsMoves ? (int) reportIn.revision() : NO_REVISION,
                new NodeLoad(
                        reportIn.tick(),
                        reportIn.heardTick(),
                        (int) reportIn.tickMicros(),
                        (int) reportIn.budgetMicros(),
                        reportIn.dilationPermille(),
                        (int) reportIn.sessions(),
                        (int) reportIn.entities(),
                        knowsMoves ? (int) reportIn.toLeave() : 0),
                knowsServices
                        ? ServiceOffer.of((int) reportIn.world(), reportIn.services())
                        : ServiceOffer.NONE,
                knowsServices ? reportIn.offers() : NO_REVISION,
                reportIn.actingVersion() >= NEIGHBOURS
                        ? reportIn.neighbours()
                        : Neighbours.UNWANTED,
                reportIn.actingVersion() >= PLACEMENT ? reportIn.placement() : Placement.UNWANTED);
    }

    private NodeWelcome welcome(DirectBuffer buffer) {
        welcomeIn.wrapAndApplyHeader(buffer, 0, headerIn);
        long home = welcomeIn.home();
        long life = welcomeIn.life();
        int block = (int) welcomeIn.block();
        boolean knowsMoves = welcomeIn.actingVersion() >= MOVES;
        int revision = knowsMoves ? (int) welcomeIn.revision() : NO_REVISION;
        List<OwnedRegion> regions = new ArrayList<>();
        NodeWelcomeDecoder.RegionsDecoder granted = welcomeIn.regions();
        Groups.requireRoom(granted.count(), buffer);
        for (NodeWelcomeDecoder.RegionsDecoder each : granted) {
            regions.add(
                    new OwnedRegion(
                            new Region(
                                    (int) each.region(),
                                    "",
                                    each.epoch(),
                                    each.minX(),
                                    each.minY(),
                                    each.minZ(),
                                    each.maxX(),
                                    each.maxY(),
                                    each.maxZ()),
                            knowsMoves ? STANDINGS[each.standing()] : Standing.OWNED));
        }
        String starSystem = welcomeIn.starSystem();
        return new NodeWelcome(
                home,
                life,
                block,
                revision,
                regions.stream().map(each -> each.in(starSystem)).toList());
    }
}
