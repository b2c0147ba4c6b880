package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.mesh.agent.CoordinatorLink;
import dev.horizon.mesh.coordinator.Coordinator;
import dev.horizon.mesh.coordinator.Principal;
import dev.horizon.mesh.protocol.MeshDecoder;
import dev.horizon.mesh.protocol.MeshEncoder;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.MeshMessage.TransferState;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The real coordinator behind a network: one log, two members that apply it. The second is again
 * and again made anew from the first one's snapshot, and must then be the same.
 */
final class SimulatedCluster {
    private final HostileNetwork network;
    private final Map<Long, Link> links = new HashMap<>();
    private final Coordinator leader = new Coordinator(this::answer);
    private Coordinator follower = new Coordinator((session, message) -> {});
    private boolean isAway;
    private long sessions;

    SimulatedCluster(HostileNetwork network) {
        this.network = network;
    }

    /** Without a leader what is said is lost. */
    void away(boolean is) {
        isAway = is;
    }

    Link connect(Principal principal) {
        Link link = new Link(++sessions, principal);
        links.put(link.session, link);
        return link;
    }

    /** Both members hold the same, and so does one that begins from a snapshot. */
    void checkMembers() {
        List<MeshMessage> first = saved(leader);
        assertThat(saved(follower)).isEqualTo(first);
        follower = new Coordinator((session, message) -> {});
        follower.load(first.stream().map(SimulatedCluster::overTheWire).iterator());
        assertThat(saved(follower)).isEqualTo(first);
    }

    /** Transfers that the coordinator remembers. */
    List<TransferEntry> transfers() {
        List<TransferEntry> all = new ArrayList<>();
        for (MeshMessage each : saved(leader)) {
            if (each instanceof TransferState state) {
                all.add(state.transfer());
            }
        }
        return all;
    }

    /** Regions and who owns them. */
    List<RegionEntry> regions() {
        List<RegionEntry> all = new ArrayList<>();
        for (MeshMessage each : saved(leader)) {
            if (each instanceof RegionState state) {
                all.add(state.region());
            }
        }
        return all;
    }

    private List<MeshMessage> saved(Coordinator member) {
        List<MeshMessage> all = new ArrayList<>();
        member.save(network.now(), all::add);
        return all;
    }

    private void answer(long session, MeshMessage message) {
        Link to = links.get(session);
        if (to != null && message instanceof Placement) {
            network.carryAside(() -> to.inbox.add(overTheWire(message)));
        } else if (to != null) {
            network.carry(() -> to.inbox.add(overTheWire(message)));
        }
    }

    private static MeshMessage overTheWire(MeshMessage message) {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[MeshEncoder.MESSAGE_BYTES_MAX]);
        int length = new MeshEncoder().encode(message, buffer);
        MeshMessage read = new MeshDecoder().decode(buffer, 0, length);
        assertThat(read).isEqualTo(message);
        return read;
    }

    /** A client's way in; what is cut off hears and says nothing. */
    final class Link implements CoordinatorLink {
        private final long session;
        private final Principal principal;
        private final Queue<MeshMessage> inbox = new ArrayDeque<>();
        private boolean isCut;

        private Link(long session, Principal principal) {
            this.session = session;
            this.principal = principal;
        }

        void cut(boolean is) {
            isCut = is;
        }

        @Override
        public int poll(Consumer<MeshMessage> handler) {
            int count = 0;
            @Nullable MeshMessage next;
            while (!isCut && (next = inbox.poll()) != null) {
                handler.accept(next);
                count++;
            }
            return count;
        }

        @Override
        public boolean send(MeshMessage message) {
            if (isCut) {
                return false;
            }
            network.carry(() -> {
                if (!isAway) {
                    MeshMessage read = overTheWire(message);
                    follower.apply(session, principal, network.now(), read);
                    leader.apply(session, principal, network.now(), read);
                }
            });
            return true;
        }

        @Override
        public String trouble() {
            return "";
        }

        @Override
        public void close() {
            links.remove(session);
        }
    }
}
