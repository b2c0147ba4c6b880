package dev.horizon.net.gateway;

import dev.horizon.net.streams.NodeRoom;
import dev.horizon.net.streams.PresenceSubscriber;
import io.aeron.Aeron;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * Where a star system's node may be: at its own address, or at its standby's once that has taken
 * over. Of the two only one speaks, so who is heard is followed until it is silent and another is
 * heard. Polled by one thread.
 */
final class Whereabouts implements AutoCloseable {
    /** Its presence comes twice a second: who missed two of them may listen to another. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Place> places = new ArrayList<>();
    private Place at;

    private static final class Place {
        final RemoteNode.Address address;
        final PresenceSubscriber presence;
        long heardAtNanos;

        Place(Aeron aeron, RemoteNode.Address address) {
            this.address = address;
            presence = new PresenceSubscriber(aeron, address.host(), address.port());
        }
    }

    /** Listens at one address or more; the first is asked first. */
    Whereabouts(Aeron aeron, List<RemoteNode.Address> addresses) {
        for (RemoteNode.Address address : addresses) {
            places.add(new Place(aeron, address));
        }
        at = places.getFirst();
    }

    /** Takes what came; true when the node was heard where it is followed now. */
    boolean poll(long nowNanos) {
        boolean isHeard = false;
        for (Place place : places) {
            if (place.presence.poll(nowNanos)) {
                place.heardAtNanos = nowNanos;
                boolean isLeft = nowNanos - at.heardAtNanos > SILENCE_NANOS;
                if (place != at && (isLeft || at.presence.terms() == null)) {
                    at = place;
                }
                isHeard |= place == at;
            }
        }
        return isHeard;
    }

    /** Of the address at which it was heard last; the first before that. */
    RemoteNode.Address address() {
        return at.address;
    }

    /** The life of the node that was heard last. */
    int incarnation() {
        return at.presence.incarnation();
    }

    /** Its tick then. */
    long tick() {
        return at.presence.tick();
    }

    /** Its terms, the same array while they are the same; null before it was heard. */
    byte @Nullable [] terms() {
        return at.presence.terms();
    }

    /** Which nodes take new players, as it last said. */
    List<NodeRoom> placement() {
        return at.presence.placement();
    }

    /** All addresses. */
    @Override
    public String toString() {
        return places.stream()
                .map(place -> place.address.toString())
                .collect(Collectors.joining(" or "));
    }

    @Override
    public void close() {
        places.forEach(place -> CloseHelper.close(place.presence));
    }
}
