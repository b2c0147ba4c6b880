package dev.horizon.mesh.agent;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.HelloWanted;
import dev.horizon.mesh.protocol.MeshMessage.JumpRefused;
import dev.horizon.mesh.protocol.MeshMessage.Neighbours;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeRefused;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.Placement;
import dev.horizon.mesh.protocol.MeshMessage.ServiceChanges;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Speaks for one life of a node: claims its regions until they are granted or refused, then
 * reports. Without a coordinator a granted node ticks on; told that it must not, it never does
 * again. A duty cycle for one thread; {@link #state} and what it led to are for any.
 */
public final class MeshAgent {
    /** Where a life stands with the coordinator. */
    public enum State {
        /** It claims, and must not tick yet. */
        CLAIMING,
        /** It may tick. */
        GRANTED,
        /** It must not tick, now or later. */
        REFUSED,
        /** It has ticked its last tick, and says so. */
        LEAVING,
        /** It has said so. */
        LEFT
    }

    /** A claim is as good as the next; elections take longer than this. */
    static final long CLAIM_EVERY_MILLIS = 250;

    /** Twice a second: a thousand nodes are two thousand messages a second. */
    static final long REPORT_EVERY_MILLIS = 500;

    private final NodeClaim claim;
    private final CoordinatorLink link;
    private final Supplier<NodeLoad> load;
    private final TransferAgent transfers;
    private final RegionAgent regions;
    private final ServiceAgent services;
    private final NeighbourAgent neighbours;
    private long nextSendMillis = Long.MIN_VALUE;
    private int block;
    private volatile State state = State.CLAIMING;
    private volatile @Nullable Grant grant;
    private volatile @Nullable HorizonException refusal;
    private volatile Placement placement;

    /**
     * Begins to claim with the first {@link #doWork}.
     *
     * @param load asked for each report, on the thread of the duty cycle
     */
    public MeshAgent(NodeClaim claim, CoordinatorLink link, Supplier<NodeLoad> load) {
        this(claim, link, PeerLink.NOBODY, load);
    }

    /** The same for a node that moves entities. */
    public MeshAgent(
            NodeClaim claim, CoordinatorLink link, PeerLink peers, Supplier<NodeLoad> load) {
        this.claim = claim;
        this.link = link;
        this.load = load;
        regions = new RegionAgent(claim);
        transfers = new TransferAgent(claim.home(), claim.life(), peers, link::send);
        services = new ServiceAgent(claim.home(), transfers);
        neighbours = new NeighbourAgent(claim.home(), transfers);
        placement = new Placement(claim.home(), claim.life(), 0, List.of());
    }

    /** What moves entities. */
    public TransferAgent transfers() {
        return transfers;
    }

    /** Where this life stands. */
    public State state() {
        return state;
    }

    /** What was granted, and became of it since; null before. */
    public @Nullable Grant grant() {
        return grant;
    }

    /** Why this life must not tick; null unless {@link State#REFUSED}. */
    public @Nullable HorizonException refusal() {
        return refusal;
    }

    /** Who takes new players, as the coordinator last said; nobody before. */
    public List<Placement.Room> placement() {
        return placement.nodes();
    }

    /** Says goodbye from now on: only after the last tick, for others may then tick at once. */
    public void leave() {
        if (state == State.GRANTED) {
            state = State.LEAVING;
            nextSendMillis = Long.MIN_VALUE;
        }
    }

    /**
     * One turn.
     *
     * @param nowMillis of any clock that only grows
     * @return how much was done
     */
    public int doWork(long nowMillis) {
        int work = link.poll(this::take);
        if (state == State.GRANTED) {
            work += transfers.doWork(nowMillis);
            if (regions.doWork(transfers.desk())) {
                grant = owned(); // It owns less from here on; then it says so.
                nextSendMillis = Long.MIN_VALUE;
            }
        }
        if (nowMillis >= nextSendMillis) {
            work += speak(nowMillis);
        }
        return work;
    }

    private int speak(long nowMillis) {
        boolean isSent =
                switch (state) {
                    case CLAIMING -> link.send(new NodeHello(claim));
                    case GRANTED -> report();
                    case LEAVING -> {
                        boolean isSaid = link.send(new NodeGoodbye(claim.home(), claim.life()));
                        if (isSaid) {
                            state = State.LEFT;
                        }
                        yield isSaid;
                    }
                    case REFUSED, LEFT -> false;
                };
        if (!isSent) {
            return 0;
        }
        nextSendMillis =
                nowMillis + (state == State.CLAIMING ? CLAIM_EVERY_MILLIS : REPORT_EVERY_MILLIS);
        return 1;
    }

    private boolean report() {
        regions.speak(claim.home(), claim.life(), link::send);
        return link.send(
                new NodeReport(
                        claim.home(),
                        claim.life(),
                        regions.revision(),
                        load.get(),
                        services.offer(),
                        services.upTo(),
                        neighbours.known(),
                        placement.mark()));
    }

    private void take(MeshMessage message) {
        switch (message) {
            case NodeWelcome m when isMine(m.home(), m.life()) -> welcome(m);
            case NodeRefused m when isMine(m.home(), m.life()) ->
                    refuse(new HorizonException(m.code(), m.text()));
            case HelloWanted m when isMine(m.home(), m.life()) && state == State.GRANTED -> {
                services.forget();
                link.send(new NodeHello(claim));
            }
            case ServiceChanges m when isMine(m.home(), m.life()) && state == State.GRANTED ->
                    services.take(m);
            case Neighbours m when isMine(m.home(), m.life()) && state == State.GRANTED ->
                    neighbours.take(m);
            case Placement m when isMine(m.home(), m.life()) && state == State.GRANTED ->
                    placement = m;
            case JumpRefused m when isMine(m.home(), m.life()) && state == State.GRANTED ->
                    transfers.take(m);
            case TransferOrder m when m.home() == claim.home() && state == State.GRANTED ->
                    transfers.take(m);
            default -> {
                // Of another life, or of no use here.
            }
        }
    }

    private boolean isMine(long home, long life) {
        return home == claim.home() && life == claim.life();
    }

    private void welcome(NodeWelcome welcome) {
        if (state == State.CLAIMING) {
            block = welcome.block();
            regions.take(welcome);
            grant = owned();
            state = State.GRANTED;
        } else if (state == State.GRANTED && welcome.block() != block) {
            refuse(
                    new HorizonException(
                            "HZ-MESH-012",
                            "life "
                                    + claim.life()
                                    + " of node "
                                    + claim.node()
                                    + " must not tick: the coordinator has given its regions"
                                    + " otherwise since; start the node again"));
        } else if (state == State.GRANTED && regions.take(welcome)) {
            grant = owned();
        }
    }

    private Grant owned() {
        return new Grant(block, regions.owned());
    }

    private void refuse(HorizonException why) {
        if (state == State.CLAIMING || state == State.GRANTED) {
            refusal = why;
            state = State.REFUSED;
        }
    }
}
