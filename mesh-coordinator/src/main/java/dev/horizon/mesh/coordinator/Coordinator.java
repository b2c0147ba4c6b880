package dev.horizon.mesh.coordinator;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.coordinator.Principal.Role;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.EntityBeyond;
import dev.horizon.mesh.protocol.MeshMessage.EntityJumps;
import dev.horizon.mesh.protocol.MeshMessage.HelloWanted;
import dev.horizon.mesh.protocol.MeshMessage.JumpRefused;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeRefused;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.NodeState;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.RegionLeft;
import dev.horizon.mesh.protocol.MeshMessage.RegionMerge;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.MeshMessage.RegionSplit;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.MeshMessage.RequestDone;
import dev.horizon.mesh.protocol.MeshMessage.StateEnd;
import dev.horizon.mesh.protocol.MeshMessage.StateHead;
import dev.horizon.mesh.protocol.MeshMessage.StateRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.MeshMessage.TransferRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferState;
import dev.horizon.mesh.protocol.MeshMessage.TransferWord;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.Presence;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which region, decided by messages in the order of the cluster's log. A pure state
 * machine: it reads no clock, no file and no random number, so that every member, a simulation and
 * a replay of the log come to the same. Each message may come twice or late. Not thread-safe.
 *
 * <p>A region has one owner, named by an epoch that grows with each new owner and each new life of
 * one. Nobody loses a region by silence: only a goodbye, a new life from the same data folder
 * (whose lock proves the old one dead) or from that of a standby that took over from the last, an
 * operator's word, or the owner's own that it has left a region that is to move.
 */
public final class Coordinator {
    /** Of snapshots. */
    static final int FORMAT_VERSION = 4;

    /** The oldest that is read: it knew no transfers. */
    static final int FORMAT_VERSION_MIN = 1;

    /** Entries in one page of an answer: some 10 KB. */
    static final int PAGE = 32;

    /** Takes what the coordinator answers to the session that asked. May lose it. */
    @FunctionalInterface
    public interface Answers {
        /** Sends a message to a session. */
        void send(long session, MeshMessage message);
    }

    private final Ledger ledger = new Ledger();
    private final Offers offers = new Offers(ledger);
    private final Claims claims = new Claims(ledger, offers);
    private final Moves moves = new Moves(ledger);
    private final Cuts cuts = new Cuts(ledger, moves);
    private final Transfers transfers = new Transfers(ledger);
    private final Surroundings surroundings = new Surroundings(ledger);
    private final Placements placements = new Placements(ledger);

    /** Where nodes were heard last; no state, for whatever is lost is said again. */
    private final Map<Long, Long> sessions = new HashMap<>();

    private final Answers answers;

    /** Begins empty. */
    public Coordinator(Answers answers) {
        this.answers = answers;
    }

    /**
     * Applies one message.
     *
     * @param session to answer
     * @param from who speaks
     * @param now the cluster's time, ms
     */
    public void apply(long session, Principal from, long now, MeshMessage message) {
        transfers.expire(now);
        if (from.role() == Role.NODE) {
            switch (message) {
                case NodeHello m when m.claim().node().equals(from.name()) ->
                        hello(session, m.claim(), now);
                case NodeReport m -> report(session, m, now);
                case NodeGoodbye m -> goodbye(m, now);
                case TransferWord m when isOf(from, m.home(), m.life()) -> word(session, m, now);
                case EntityBeyond m when isOf(from, m.home(), m.life()) -> beyond(m, now);
                case RegionLeft m when isOf(from, m.home(), m.life()) -> moves.left(m);
                case EntityJumps m when isOf(from, m.home(), m.life()) -> jumps(session, m, now);
                default -> {
                    // Not for nodes to say: as good as not said.
                }
            }
        } else {
            switch (message) {
                case StateRequest m -> state(session, m, now);
                case ConfirmGone m -> confirmGone(session, m, now);
                case TransferRequest m -> order(session, m.request(), () -> transfer(m, now));
                case RegionMove m -> order(session, m.request(), () -> moves.begin(m));
                case RegionSplit m -> order(session, m.request(), () -> cuts.split(m));
                case RegionMerge m -> order(session, m.request(), () -> cuts.merge(m));
                default -> {
                    // Not for operators to say.
                }
            }
        }
    }

    private void hello(long session, NodeClaim claim, long now) {
        try {
            welcome(session, claims.grant(claim, now));
        } catch (HorizonException refusal) {
            refuse(session, claim.home(), claim.life(), refusal);
        }
    }

    private void welcome(long session, NodeEntry node) {
        answers.send(
                session,
                new NodeWelcome(
                        node.home(), node.life(), node.block(), node.revision(), moves.of(node)));
    }

    private void report(long session, NodeReport report, long now) {
        NodeEntry node = ledger.node(report.home());
        if (node == null || node.life() < report.life()) {
            answers.send(session, new HelloWanted(report.home(), report.life()));
        } else if (node.life() > report.life() || node.presence() != Presence.PRESENT) {
            refuse(
                    session,
                    report.home(),
                    report.life(),
                    Claims.ended(node.name(), report.life(), "its regions were given up for it"));
        } else {
            ledger.put(offers.reported(node.reporting(report.load(), now), report.offer()));
            sessions.put(node.home(), session);
            if (report.revision() != node.revision() && report.revision() >= 0) {
                welcome(session, node);
            }
            transfers.orders(node.home()).forEach(order -> answers.send(session, order));
            answer(session, offers.changes(report));
            answer(session, surroundings.changes(report, node));
            answer(session, placements.changes(report, node, now));
        }
    }

    private void answer(long session, @Nullable MeshMessage news) {
        if (news != null) {
            answers.send(session, news);
        }
    }

    private boolean isOf(Principal from, long home, long life) {
        NodeEntry node = ledger.node(home);
        return node != null
                && node.name().equals(from.name())
                && node.life() == life
                && node.presence() == Presence.PRESENT;
    }

    private void word(long session, TransferWord word, long now) {
        sessions.put(word.home(), session);
        TransferEntry changed = transfers.word(word, now);
        if (changed != null) {
            order(changed, changed.source());
        }
    }

    private String transfer(TransferRequest asked, long now) {
        TransferEntry entry = transfers.begin(asked, now);
        order(entry, entry.destination());
        return "transfer " + entry.transfer();
    }

    private void order(long session, long request, Supplier<String> done) {
        RequestDone answer;
        try {
            answer = new RequestDone(request, "", done.get());
        } catch (HorizonException e) {
            answer = new RequestDone(request, e.code(), String.valueOf(e.getMessage()));
        }
        answers.send(session, answer);
    }

    /** What left its node's regions goes to who owns the place, if anyone does. */
    private void beyond(EntityBeyond told, long now) {
        NodeEntry node = ledger.node(told.home());
        if (node == null || transfers.isOpen(told.entity())) {
            return;
        }
        long taker = moves.taker(node, told.x(), told.y(), told.z());
        if (taker != 0 && taker != told.home()) {
            try {
                TransferEntry begun = transfers.begin(0, told.entity(), told.home(), taker, 0, now);
                order(begun, begun.destination());
            } catch (HorizonException notNow) {
                // It is told again while it is there.
            }
        }
    }

    /** What is to jump goes to who owns the place, or stays for a reason. */
    private void jumps(long session, EntityJumps told, long now) {
        sessions.put(told.home(), session);
        TransferEntry known = transfers.ofJump(told);
        if (known != null && known.stage() == TransferEntry.Stage.REVERSED) {
            refuse(session, told, new HorizonException(known.code(), known.text()));
        }
        if (known != null || transfers.isOpen(told.entity())) {
            return;
        }
        try {
            RegionEntry place =
                    ledger.owned(told.starSystem()).stream()
                            .filter(each -> each.region().contains(told.x(), told.y(), told.z()))
                            .findFirst()
                            .orElseThrow(() -> nobodyOwns(told));
            TransferEntry begun =
                    transfers.begin(0, told.entity(), told.home(), place.owner(), told.jump(), now);
            order(begun, begun.destination());
        } catch (HorizonException why) {
            refuse(session, told, why);
        }
    }

    private void refuse(long session, EntityJumps told, HorizonException why) {
        answers.send(
                session,
                new JumpRefused(
                        told.home(),
                        told.life(),
                        told.entity(),
                        told.jump(),
                        why.code(),
                        String.valueOf(why.getMessage())));
    }

    private static HorizonException nobodyOwns(EntityJumps told) {
        return new HorizonException(
                "HZ-MESH-035",
                "nobody owns the place %.0f, %.0f, %.0f in star system %s: start a node that does, or wait until it is back"
                        .formatted(told.x(), told.y(), told.z(), told.starSystem()));
    }

    /** Tells a node at once; what is lost is told again with its next report. */
    private void order(TransferEntry entry, long home) {
        TransferOrder order = transfers.order(entry, home);
        Long session = sessions.get(home);
        if (order != null && session != null) {
            answers.send(session, order);
        }
    }

    private void goodbye(NodeGoodbye goodbye, long now) {
        NodeEntry node = ledger.node(goodbye.home());
        if (node != null && node.life() == goodbye.life()) {
            end(node, Presence.LEFT, now);
        }
    }

    private void confirmGone(long session, ConfirmGone order, long now) {
        NodeEntry node = ledger.node(order.home());
        if (node == null || node.life() != order.life()) {
            String known = node == null ? "unknown" : "in life " + node.life();
            answers.send(
                    session,
                    new RequestDone(
                            order.request(),
                            "HZ-MESH-014",
                            "life %d of the node is not the one that the mesh knows, it is %s: look at 'horizon mesh status' again"
                                    .formatted(order.life(), known)));
            return;
        }
        end(node, Presence.GONE, now);
        answers.send(
                session,
                new RequestDone(
                        order.request(),
                        "",
                        "node " + node.name() + " is gone, and its regions are free"));
    }

    private void end(NodeEntry node, Presence how, long now) {
        if (node.presence() == Presence.PRESENT) {
            transfers.ended(node.home(), now);
            sessions.remove(node.home());
            ledger.put(offers.ended(node.as(how)));
            moves.ended(node.home(), how);
        }
    }

    private void refuse(long session, long home, long life, HorizonException refusal) {
        answers.send(
                session,
                new NodeRefused(home, life, refusal.code(), String.valueOf(refusal.getMessage())));
    }

    private void state(long session, StateRequest asked, long now) {
        int all = ledger.nodes().size() + ledger.regions().size() + transfers.count();
        int skip = Math.clamp(asked.skip(), 0, all);
        answers.send(session, head(asked.request(), now));
        entries(asked.request(), skip).limit(PAGE).forEach(entry -> answers.send(session, entry));
        int next = skip + PAGE < all ? skip + PAGE : 0;
        answers.send(session, new StateEnd(asked.request(), next));
    }

    private StateHead head(long request, long now) {
        return new StateHead(
                request,
                FORMAT_VERSION,
                now,
                ledger.lastBlock(),
                ledger.nodes().size(),
                ledger.regions().size(),
                transfers.last(),
                transfers.count(),
                offers.last());
    }

    /** All but the first: of many transfers a page is read, not all before it. */
    private Stream<MeshMessage> entries(long request, int skip) {
        int places = ledger.nodes().size() + ledger.regions().size();
        return Stream.concat(
                Stream.<MeshMessage>concat(
                                ledger.nodes().stream().map(node -> new NodeState(request, node)),
                                ledger.regions().stream()
                                        .map(region -> new RegionState(request, region)))
                        .skip(skip),
                transfers
                        .all(Math.max(0, skip - places))
                        .map(entry -> new TransferState(request, entry)));
    }

    /** Gives all state to a snapshot, in a fixed order. */
    public void save(long now, Consumer<MeshMessage> snapshot) {
        snapshot.accept(head(0, now));
        entries(0, 0).forEach(snapshot);
        snapshot.accept(new StateEnd(0, 0));
    }

    /**
     * Takes all state from a snapshot; this one must be new.
     *
     * @throws HorizonException HZ-MESH-015 when the snapshot is of an unknown form or incomplete
     */
    public void load(Iterator<MeshMessage> snapshot) {
        boolean isWhole = false;
        int expected = 0;
        while (!isWhole && snapshot.hasNext()) {
            switch (snapshot.next()) {
                case StateHead head when isReadable(head) -> {
                    ledger.lastBlock(head.lastBlock());
                    transfers.last(head.lastTransfer());
                    offers.last(head.lastOffer());
                    expected = head.nodes() + head.regions() + head.transfers();
                }
                case NodeState node -> ledger.put(node.node());
                case RegionState region -> ledger.put(region.region());
                case TransferState transfer -> transfers.put(transfer.transfer());
                case StateEnd end -> isWhole = true;
                default -> throw unreadable("it holds what no coordinator of this version writes");
            }
        }
        int found = ledger.nodes().size() + ledger.regions().size() + transfers.count();
        if (!isWhole || expected != found) {
            throw unreadable("it is incomplete");
        }
    }

    private static boolean isReadable(StateHead head) {
        return head.formatVersion() >= FORMAT_VERSION_MIN && head.formatVersion() <= FORMAT_VERSION;
    }

    private static HorizonException unreadable(String why) {
        return new HorizonException(
                "HZ-MESH-015",
                "the coordinator's snapshot can't be read: "
                        + why
                        + ". Start the version that wrote it, or restore the member's folder");
    }
}
