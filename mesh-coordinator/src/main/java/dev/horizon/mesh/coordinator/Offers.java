package dev.horizon.mesh.coordinator;

import dev.horizon.engine.events.Services;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.ServiceChanges;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.ServiceOffer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes offer which services. A node does from its first report that says so until it says
 * goodbye or is confirmed gone; silence ends nothing. Changes are counted, and each node is told
 * those that it doesn't know of, in their order. Not thread-safe.
 */
final class Offers {
    /** Changes that a report is answered with: some 20 KB at most; the next report brings more. */
    static final int PAGE = 16;

    private final Ledger ledger;
    private long last;

    Offers(Ledger ledger) {
        this.ledger = ledger;
    }

    long last() {
        return last;
    }

    void last(long change) {
        last = change;
    }

    /** A node as it offers what it reports; before it has a world it says nothing of that. */
    NodeEntry reported(NodeEntry node, ServiceOffer offer) {
        boolean isSame = offer.equals(node.offer());
        boolean isNone = node.offered() == 0 && offer.types().isEmpty();
        if (isSame || isNone || offer.world() == 0 || !isSensible(offer)) {
            return node;
        }
        return node.offering(offer, ++last);
    }

    private static boolean isSensible(ServiceOffer offer) {
        return offer.types().size() <= Services.TYPES_MAX
                && offer.types().stream()
                        .allMatch(type -> type.length() <= Services.TYPE_LENGTH_MAX);
    }

    /** A node whose life has ended: it offers nothing. */
    NodeEntry ended(NodeEntry node) {
        return node.offer().types().isEmpty()
                ? node
                : node.offering(node.offer().withdrawn(), ++last);
    }

    /** A node that is in another life, and so is reached elsewhere. */
    NodeEntry moved(NodeEntry node) {
        return node.offered() == 0 ? node : node.offering(node.offer(), ++last);
    }

    /**
     * What a node doesn't know of; null where it knows all, or is of before there were services.
     */
    @Nullable ServiceChanges changes(NodeReport report) {
        long known = report.offers();
        if (known == last || known < 0) {
            return null;
        }
        // Who has heard of more has heard it from a coordinator whose state is lost.
        long after = known > last ? 0 : known;
        List<NodeEntry> changed =
                ledger.nodes().stream()
                        .filter(node -> node.offered() > after)
                        .sorted(Comparator.comparingLong(NodeEntry::offered))
                        .limit(PAGE)
                        .toList();
        return new ServiceChanges(
                report.home(),
                report.life(),
                known,
                changed.size() < PAGE ? last : changed.getLast().offered(),
                changed.stream()
                        .map(node ->
                                new ServiceChanges.Change(node.home(), node.peer(), node.offer()))
                        .toList());
    }
}
