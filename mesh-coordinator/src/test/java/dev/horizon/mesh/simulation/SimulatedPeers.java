package dev.horizon.mesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.mesh.agent.PeerLink;
import dev.horizon.mesh.protocol.PeerMessage;
import dev.horizon.mesh.protocol.PeerMessage.GhostsSent;
import dev.horizon.mesh.protocol.PeerMessage.ParcelSent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.jspecify.annotations.Nullable;

/** What nodes say to each other: late, twice, never, and now and then to somebody else. */
final class SimulatedPeers {
    private final HostileNetwork network;
    private final SplittableRandom random;
    private final Map<String, Link> links = new HashMap<>();
    private long opened;

    SimulatedPeers(HostileNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
    }

    Link open() {
        Link link = new Link("127.0.0.1:" + ++opened);
        links.put(link.address, link);
        return link;
    }

    private void deliver(String address, PeerMessage message) {
        Link to = links.get(address);
        if (to == null || random.nextInt(50) == 0) {
            // An address of before, which another process has now.
            List<Link> others = new ArrayList<>(links.values());
            to = others.isEmpty() ? null : others.get(random.nextInt(others.size()));
        }
        if (to != null && !to.isDeaf) {
            to.inbox.add(overTheWire(message));
        }
    }

    private static PeerMessage overTheWire(PeerMessage message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = message.encode(buffer);
        PeerMessage read = PeerMessage.decode(buffer, 0, length);
        if (read instanceof GhostsSent sent && message instanceof GhostsSent same) {
            assertThat(sent.ghosts()).isEqualTo(same.ghosts());
        } else if (read instanceof ParcelSent sent && message instanceof ParcelSent same) {
            assertThat(sent.floor()).isEqualTo(same.floor());
            assertThat(sent.peer()).isEqualTo(same.peer());
            assertThat(sent.parcel()).isEqualTo(same.parcel());
        } else {
            assertThat(read).isEqualTo(message);
        }
        return read;
    }

    /** A life's way to others; each direction can be cut off. */
    final class Link implements PeerLink {
        private final String address;
        private final Queue<PeerMessage> inbox = new ArrayDeque<>();
        boolean isDeaf;
        boolean isMute;

        private Link(String address) {
            this.address = address;
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public int poll(Consumer<PeerMessage> handler) {
            int count = 0;
            @Nullable PeerMessage next;
            while ((next = inbox.poll()) != null) {
                handler.accept(next);
                count++;
            }
            return count;
        }

        @Override
        public boolean send(String to, PeerMessage message) {
            if (!isMute) {
                network.carry(() -> deliver(to, message));
            }
            return !isMute;
        }

        @Override
        public void close() {
            links.remove(address);
        }
    }
}
