package dev.horizon.mesh.agent;

import dev.horizon.engine.tick.TransferDesk;
import dev.horizon.mesh.protocol.MeshMessage.ServiceChanges;
import dev.horizon.mesh.protocol.ServiceOffer;
import org.jspecify.annotations.Nullable;

/**
 * A node's part in services: says what its plugins offer, and lets the tick loop know what other
 * nodes do. The events themselves go with what {@link TransferAgent} sends. One thread.
 */
final class ServiceAgent {
    private final long home;
    private final TransferAgent transfers;
    private long upTo;

    ServiceAgent(long home, TransferAgent transfers) {
        this.home = home;
        this.transfers = transfers;
    }

    /** What this node offers. */
    ServiceOffer offer() {
        TransferDesk desk = transfers.desk();
        return desk == null
                ? ServiceOffer.NONE
                : new ServiceOffer((int) transfers.world(), desk.services());
    }

    /** Up to which change the loop knows what others offer. */
    long upTo() {
        return upTo;
    }

    /** Is told all anew, by a coordinator that doesn't know this node. */
    void forget() {
        upTo = 0;
    }

    /** Tells the loop of changes; those that it has no room for are told again. */
    void take(ServiceChanges changes) {
        @Nullable TransferDesk desk = transfers.desk();
        if (desk == null || changes.after() != upTo) {
            return;
        }
        for (ServiceChanges.Change each : changes.offers()) {
            transfers.address(each.home(), each.peer());
            ServiceOffer offer = each.offer();
            if (!desk.offered(home, each.home(), offer.world(), offer.types())) {
                return;
            }
        }
        upTo = changes.upTo();
    }
}
