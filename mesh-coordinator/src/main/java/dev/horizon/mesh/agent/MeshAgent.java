package dev.horizon.mesh.agent;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.GrantedRegion;
import dev.horizon.mesh.protocol.MeshMessage.HelloWanted;
import dev.horizon.mesh.protocol.MeshMessage.NodeGoodbye;
import dev.horizon.mesh.protocol.MeshMessage.NodeHello;
import dev.horizon.mesh.protocol.MeshMessage.NodeRefused;
import dev.horizon.mesh.protocol.MeshMessage.NodeReport;
import dev.horizon.mesh.protocol.MeshMessage.NodeWelcome;
import dev.horizon.mesh.protocol.MeshMessage.TransferOrder;
import dev.horizon.mesh.protocol.NodeClaim;
import dev.horizon.mesh.protocol.NodeLoad;
import java.util.ArrayList;
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
    private long nextSendMillis = Long.MIN_VALUE;
    private volatile State state = State.CLAIMING;
    private volatile @Nullable Grant grant;
    private volatile @Nullable HorizonException refusal;

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
        transfers = new TransferAgent(claim.home(), claim.life(), peers, link::send);
    }

    /** What moves entities. */
    public TransferAgent transfers() {
        return transfers;
    }

    /** Where this life stands. */
    public State state() {
        return state;
    }

    /** What was granted; null before. */
    public @Nullable Grant grant() {
        return grant;
    }

    /** Why this life must not tick; null unless {@link State#REFUSED}. */
    public @Nullable HorizonException refusal() {
        return refusal;
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
                    case GRANTED ->
                            link.send(new NodeReport(claim.home(), claim.life(), load.get()));
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

    private void take(MeshMessage message) {
        switch (message) {
            case NodeWelcome m when isMine(m.home(), m.life()) -> welcome(m);
            case NodeRefused m when isMine(m.home(), m.life()) ->
                    refuse(new HorizonException(m.code(), m.text()));
            case HelloWanted m when isMine(m.home(), m.life()) && state == State.GRANTED ->
                    link.send(new NodeHello(claim));
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
        Grant given = new Grant(welcome.block(), granted(welcome.regions()));
        boolean isWhole = given.regions().size() == claim.regions().size();
        boolean isAsBefore = state != State.GRANTED || given.equals(grant);
        if (!isWhole || !isAsBefore) {
            refuse(
                    new HorizonException(
                            "HZ-MESH-012",
                            "life "
                                    + claim.life()
                                    + " of node "
                                    + claim.node()
                                    + " must not tick: the coordinator has given its regions"
                                    + " otherwise since; start the node again"));
        } else if (state == State.CLAIMING) {
            grant = given;
            state = State.GRANTED;
        }
    }

    private List<Region> granted(List<GrantedRegion> regions) {
        List<Region> all = new ArrayList<>();
        for (Region claimed : claim.regions()) {
            for (GrantedRegion each : regions) {
                if (each.region() == claimed.id()) {
                    all.add(claimed.at(each.epoch()));
                }
            }
        }
        return all;
    }

    private void refuse(HorizonException why) {
        if (state == State.CLAIMING || state == State.GRANTED) {
            refusal = why;
            state = State.REFUSED;
        }
    }
}
