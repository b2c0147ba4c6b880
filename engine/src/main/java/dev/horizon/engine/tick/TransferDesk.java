package dev.horizon.engine.tick;

import dev.horizon.engine.dispatch.OfferedServices;
import dev.horizon.engine.ports.InputSource;
import dev.horizon.engine.world.Region;
import dev.horizon.schemas.ticklog.GhostsDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderDecoder;
import dev.horizon.schemas.ticklog.MessageHeaderEncoder;
import dev.horizon.schemas.ticklog.ParcelDecoder;
import dev.horizon.schemas.ticklog.ParcelSettledDecoder;
import dev.horizon.schemas.ticklog.ParcelSettledEncoder;
import dev.horizon.schemas.ticklog.ParcelsKeptDecoder;
import dev.horizon.schemas.ticklog.ParcelsKeptEncoder;
import dev.horizon.schemas.ticklog.RefuseJumpDecoder;
import dev.horizon.schemas.ticklog.RefuseJumpEncoder;
import dev.horizon.schemas.ticklog.ReleaseEntityDecoder;
import dev.horizon.schemas.ticklog.ReleaseEntityEncoder;
import dev.horizon.schemas.ticklog.ServiceOfferDecoder;
import dev.horizon.schemas.ticklog.ServiceOfferEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what other processes want of entities that move between nodes, as recorded inputs of a
 * later tick; what came of it goes to the loop's {@link dev.horizon.engine.ports.TransferSink}. Any
 * of it may be asked for twice, or too late: it is done once. For any thread.
 */
public final class TransferDesk implements InputSource {
    /** As many inputs as a tick takes; more wait with who asks: they ask again. */
    private static final int WAITING_MAX = 8192;

    /** Words of ghosts among them: while a tick takes long, later ones are lost as on the way. */
    private static final int GHOSTS_MAX = 64;

    /**
     * Whose the star system is, as a node sees it.
     *
     * @param kept what is or comes to be its own: who moves beyond all of it leaves
     * @param leaving what is to have nothing in it any more
     */
    record Places(List<Region> kept, List<Region> leaving) {
        /** True when nothing stays at all, whatever holds it. */
        boolean isNoneKept() {
            return kept.isEmpty();
        }

        /** True while something may have to leave that moves beyond no border. */
        boolean isAnyLeaving() {
            return kept.isEmpty() || !leaving.isEmpty();
        }
    }

    /** Who is near, as seen by a node. */
    private record Surroundings(long home, List<Neighbour> neighbours) {}

    /** What a look through all that a node has came to. */
    private record Look(Places at, int toLeave) {}

    private final Queue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Releases releases = new Releases();
    private final AtomicInteger ghosts = new AtomicInteger();
    private volatile @Nullable Places places;
    private volatile @Nullable Look look;
    private volatile Surroundings surroundings = new Surroundings(0, List.of());
    private boolean isTelling;

    private final Supplier<OfferedServices> services;

    TransferDesk(Supplier<OfferedServices> services) {
        this.services = services;
    }

    /**
     * Of a loop's state, what lasts though other plugins or another build go on: what is on its way
     * to other nodes, and what came from them.
     */
    public static byte[] lasting(byte[] loopState) {
        byte[] transfers = LoopState.only(TransferState.NAME, loopState);
        byte[] handovers = LoopState.only(HandoverState.NAME, loopState);
        byte[] both = Arrays.copyOf(transfers, transfers.length + handovers.length);
        System.arraycopy(handovers, 0, both, transfers.length, handovers.length);
        return both;
    }

    /**
     * Asks to release an entity, with all that rides in it, in one of the next ticks: each releases
     * so many as it has time for.
     *
     * @param transfer the coordinator's number
     * @param floor no transfer of this node below it is open
     * @param entity its id
     * @param home of this node
     * @param destination home of the node that takes it
     * @param jump the tick since which it is to jump there; 0 where it doesn't
     * @return false while too much waits: to be asked again
     */
    public boolean release(
            long transfer, long floor, long entity, long home, long destination, long jump) {
        byte[] message =
                new byte[MessageHeaderEncoder.ENCODED_LENGTH + ReleaseEntityEncoder.BLOCK_LENGTH];
        new ReleaseEntityEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderEncoder())
                .transfer(transfer)
                .floor(floor)
                .entity(entity)
                .home(home)
                .destination(destination)
                .jump(jump);
        return releases.add(transfer, message);
    }

    /**
     * Says that an entity can't jump where it is to.
     *
     * @param jump the tick since which it is to
     * @return false while too much waits: to be said again
     */
    public boolean refuseJump(long entity, long jump, String code, String text) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length =
                MessageHeaderEncoder.ENCODED_LENGTH
                        + new RefuseJumpEncoder()
                                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                                .entity(entity)
                                .jump(jump)
                                .code(code)
                                .text(text)
                                .encodedLength();
        byte[] message = new byte[length];
        buffer.getBytes(0, message);
        return waiting.offer(message);
    }

    /** Has neighbours told of what is near, by a loop that is not built yet. */
    void tells(GhostConfig ghosts) {
        isTelling = ghosts.isTold();
    }

    /** True where the loop tells neighbours of what is near, and wants to know who they are. */
    public boolean isTelling() {
        return isTelling;
    }

    /**
     * Says whom the loop is to tell of what is near their regions, from now on. Not recorded: what
     * they make of it is, there.
     *
     * @param home of this node
     */
    public void neighbours(long home, List<Neighbour> all) {
        surroundings = new Surroundings(home, List.copyOf(all));
    }

    List<Neighbour> neighbours() {
        return surroundings.neighbours;
    }

    long home() {
        return surroundings.home;
    }

    /** Types of services that plugins offer now, in order. */
    public List<String> services() {
        return services.get().types();
    }

    /**
     * Says what a node of the mesh offers from now on.
     *
     * @param self home of this node
     * @param home of that node, which may be this one
     * @param world id block of its world
     * @param types of services; none where it offers none any more
     * @return false while too much waits: to be said again
     */
    public boolean offered(long self, long home, int world, List<String> types) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length =
                MessageHeaderEncoder.ENCODED_LENGTH
                        + new ServiceOfferEncoder()
                                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                                .self(self)
                                .home(home)
                                .world(Integer.toUnsignedLong(world))
                                .services(String.join(" ", types))
                                .encodedLength();
        byte[] message = new byte[length];
        buffer.getBytes(0, message);
        return waiting.offer(message);
    }

    /**
     * Brings a parcel of another node, which is kept.
     *
     * @return false while too much waits: to be brought again
     */
    public boolean bring(byte[] parcel) {
        return waiting.offer(parcel);
    }

    /** Brings another node's word of ghosts, which is kept; while too much waits it is lost. */
    public void bringGhosts(byte[] word) {
        if (ghosts.incrementAndGet() > GHOSTS_MAX || !waiting.offer(word)) {
            ghosts.decrementAndGet();
        }
    }

    /** The home of the node that a word of ghosts is for; 0 for what is none. */
    public static long ghostsFor(byte[] message) {
        if (message.length < MessageHeaderDecoder.ENCODED_LENGTH + GhostsDecoder.BLOCK_LENGTH) {
            return 0;
        }
        DirectBuffer buffer = new UnsafeBuffer(message);
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        return header.schemaId() == GhostsDecoder.SCHEMA_ID
                        && header.templateId() == GhostsDecoder.TEMPLATE_ID
                ? new GhostsDecoder().wrapAndApplyHeader(buffer, 0, header).destination()
                : 0;
    }

    /**
     * Says which parcels another world keeps for this node: older ones will never come again.
     *
     * @param source id block of that world
     * @param floor sequence of the oldest
     * @return false while too much waits: to be said again
     */
    public boolean kept(long source, long floor) {
        byte[] message =
                new byte[MessageHeaderEncoder.ENCODED_LENGTH + ParcelsKeptEncoder.BLOCK_LENGTH];
        new ParcelsKeptEncoder()
                .wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderEncoder())
                .source(source)
                .floor(floor);
        return waiting.offer(message);
    }

    /**
     * Says that a destination has recorded parcels.
     *
     * @param sequence all up to this one
     * @param returned transfers that it could not take
     * @return false while too much waits: to be said again
     */
    public boolean settle(long destination, long sequence, List<Long> returned) {
        byte[] message =
                new byte
                        [MessageHeaderEncoder.ENCODED_LENGTH
                                + ParcelSettledEncoder.BLOCK_LENGTH
                                + ParcelSettledEncoder.ReturnedEncoder.sbeHeaderSize()
                                + returned.size()
                                        * ParcelSettledEncoder.ReturnedEncoder.sbeBlockLength()];
        ParcelSettledEncoder.ReturnedEncoder group =
                new ParcelSettledEncoder()
                        .wrapAndApplyHeader(
                                new UnsafeBuffer(message), 0, new MessageHeaderEncoder())
                        .destination(destination)
                        .sequence(sequence)
                        .returnedCount(returned.size());
        returned.forEach(transfer -> group.next().transfer(transfer));
        return waiting.offer(message);
    }

    /**
     * Says which regions the node has from now on. Not recorded: what comes of it is.
     *
     * @param kept who moves beyond all of these leaves
     * @param leaving all that is in these leaves, too; where none is kept, whatever holds it
     */
    public void regions(List<Region> kept, List<Region> leaving) {
        places = new Places(List.copyOf(kept), List.copyOf(leaving));
    }

    /** Entities that are still to leave: 0 unless regions leave, or none is left. */
    public int toLeave() {
        Look last = look;
        return last == null ? 0 : last.toLeave;
    }

    /** True once nothing was found in the regions that were last said to leave. */
    public boolean isEmptied() {
        Look last = look;
        return last != null && last.at == places && last.toLeave == 0;
    }

    @Nullable Places places() {
        return places;
    }

    void looked(Places at, int toLeave) {
        look = new Look(at, toLeave);
    }

    @Override
    public int poll(InputHandler handler, int limit) {
        int taken = 0;
        while (taken < limit) {
            byte[] next = waiting.peek();
            if (next == null || !handler.onInput(new UnsafeBuffer(next), 0, next.length)) {
                break;
            }
            waiting.remove();
            if (ghostsFor(next) != 0) {
                ghosts.decrementAndGet();
            }
            taken++;
        }
        return taken + releases.poll(handler, limit - taken);
    }

    /** Learns from a tick how many entities the next may release; see {@link Releases}. */
    void tickDone(double load, int away) {
        releases.tickDone(load, away);
    }

    /** True for the header of what nobody may send but this desk, or a tape. */
    static boolean sends(MessageHeaderDecoder header) {
        int template = header.templateId();
        return header.schemaId() == ReleaseEntityDecoder.SCHEMA_ID
                && (template == ReleaseEntityDecoder.TEMPLATE_ID
                        || template == ParcelDecoder.TEMPLATE_ID
                        || template == GhostsDecoder.TEMPLATE_ID
                        || template == ParcelsKeptDecoder.TEMPLATE_ID
                        || template == RefuseJumpDecoder.TEMPLATE_ID
                        || template == ServiceOfferDecoder.TEMPLATE_ID
                        || template == ParcelSettledDecoder.TEMPLATE_ID);
    }
}
