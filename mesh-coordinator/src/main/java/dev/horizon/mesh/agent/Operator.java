package dev.horizon.mesh.agent;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Region;
import dev.horizon.mesh.protocol.MeshMessage;
import dev.horizon.mesh.protocol.MeshMessage.ConfirmGone;
import dev.horizon.mesh.protocol.MeshMessage.NodeState;
import dev.horizon.mesh.protocol.MeshMessage.RegionMerge;
import dev.horizon.mesh.protocol.MeshMessage.RegionMove;
import dev.horizon.mesh.protocol.MeshMessage.RegionSplit;
import dev.horizon.mesh.protocol.MeshMessage.RegionState;
import dev.horizon.mesh.protocol.MeshMessage.RequestDone;
import dev.horizon.mesh.protocol.MeshMessage.StateEnd;
import dev.horizon.mesh.protocol.MeshMessage.StateHead;
import dev.horizon.mesh.protocol.MeshMessage.StateRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferRequest;
import dev.horizon.mesh.protocol.MeshMessage.TransferState;
import dev.horizon.mesh.protocol.NodeEntry;
import dev.horizon.mesh.protocol.RegionEntry;
import dev.horizon.mesh.protocol.TransferEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Asks the coordinator, and waits for what it says; asks again while it says nothing. One thread.
 */
public final class Operator {
    private static final long ASK_AGAIN_MILLIS = 1_000;
    private static final long TURN_MILLIS = 2;

    private final CoordinatorLink link;
    private final long millisMax;
    private long request = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE / 2);

    /**
     * Over a link, which is polled here alone.
     *
     * @param millisMax how long one answer is waited for
     */
    public Operator(CoordinatorLink link, long millisMax) {
        this.link = link;
        this.millisMax = millisMax;
    }

    /**
     * All that the coordinator knows. Pages are read one after the other, while the mesh goes on.
     *
     * @throws HorizonException HZ-MESH-019 when it does not answer
     */
    public MeshView view() throws InterruptedException {
        List<NodeEntry> nodes = new ArrayList<>();
        List<RegionEntry> regions = new ArrayList<>();
        List<TransferEntry> transfers = new ArrayList<>();
        long now = 0;
        int skip = 0;
        do {
            List<MeshMessage> page = page(++request, skip);
            for (MeshMessage message : page) {
                switch (message) {
                    case StateHead head -> now = head.now();
                    case NodeState node -> nodes.add(node.node());
                    case RegionState region -> regions.add(region.region());
                    case TransferState transfer -> transfers.add(transfer.transfer());
                    case StateEnd end -> skip = end.next();
                    default -> {
                        // Nothing else is in a page.
                    }
                }
            }
        } while (skip > 0);
        return new MeshView(now, nodes, regions, transfers);
    }

    private List<MeshMessage> page(long asked, int skip) throws InterruptedException {
        return ask(
                new StateRequest(asked, skip),
                message -> requestOf(message) == asked,
                message -> message instanceof StateEnd);
    }

    /**
     * Vouches that a life of a node has ended.
     *
     * @return what the coordinator said
     * @throws HorizonException HZ-MESH-014 when it knows another life, HZ-MESH-019 when it does not
     *     answer
     */
    public String confirmGone(NodeEntry node) throws InterruptedException {
        return order(new ConfirmGone(++request, node.home(), node.life()), request);
    }

    /**
     * Begins to move a region, with all that is in it, to a node; or, to its owner, lets it stay.
     *
     * @return what the coordinator said; {@link #view} shows what becomes of it
     * @throws HorizonException HZ-MESH-029 or 030 when it can't begin, HZ-MESH-019 when the
     *     coordinator does not answer
     */
    public String move(Region region, NodeEntry destination) throws InterruptedException {
        return order(
                new RegionMove(++request, region.starSystem(), region.id(), destination.home()),
                request);
    }

    /**
     * Cuts a region in two, of which its owner has both.
     *
     * @param axis 0 x, 1 y, 2 z
     * @param at metres
     * @return what the coordinator said
     * @throws HorizonException HZ-MESH-029 or 032 when it can't be cut there, HZ-MESH-019 when the
     *     coordinator does not answer
     */
    public String split(Region region, int axis, double at) throws InterruptedException {
        return order(
                new RegionSplit(++request, region.starSystem(), region.id(), axis, at), request);
    }

    /**
     * Puts a part that a split made back in a region; throws as {@link #split}.
     *
     * @return what the coordinator said
     */
    public String merge(Region region, Region part) throws InterruptedException {
        return order(
                new RegionMerge(++request, region.starSystem(), region.id(), part.id()), request);
    }

    /**
     * Begins to move an entity, with all that rides in it, from one node to another.
     *
     * @return the request, by which {@link #view} shows what becomes of it
     * @throws HorizonException HZ-MESH-021 to 023 when it can't begin, HZ-MESH-019 when the
     *     coordinator does not answer
     */
    public long transfer(EntityId entity, NodeEntry source, NodeEntry destination)
            throws InterruptedException {
        long asked = ++request;
        order(new TransferRequest(asked, entity.value(), source.home(), destination.home()), asked);
        return asked;
    }

    /**
     * The same for many at once.
     *
     * @return how many began, or had begun; the others can't
     */
    public int transfer(List<EntityId> entities, NodeEntry source, NodeEntry destination)
            throws InterruptedException {
        Map<Long, MeshMessage> unanswered = new LinkedHashMap<>();
        for (EntityId entity : entities) {
            unanswered.put(
                    ++request,
                    new TransferRequest(
                            request, entity.value(), source.home(), destination.home()));
        }
        int[] begun = new int[1];
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        long nextAsk = System.nanoTime();
        while (!unanswered.isEmpty()) {
            if (System.nanoTime() >= nextAsk) {
                unanswered.values().forEach(link::send);
                nextAsk = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ASK_AGAIN_MILLIS);
            }
            link.poll(message -> {
                if (message instanceof RequestDone done
                        && unanswered.remove(done.request()) != null) {
                    begun[0] += done.code().isEmpty() ? 1 : 0;
                }
            });
            if (System.nanoTime() > end) {
                throw Unanswered.within(millisMax, link);
            }
            Thread.sleep(TURN_MILLIS);
        }
        return begun[0];
    }

    /**
     * How many transfers the coordinator remembers: the open ones, and some that ended lately.
     *
     * @throws HorizonException HZ-MESH-019 when it does not answer
     */
    public int transfersRemembered() throws InterruptedException {
        return page(++request, Integer.MAX_VALUE).stream()
                .filter(StateHead.class::isInstance)
                .mapToInt(head -> ((StateHead) head).transfers())
                .sum();
    }

    private String order(MeshMessage order, long asked) throws InterruptedException {
        List<MeshMessage> answer =
                ask(
                        order,
                        message -> requestOf(message) == asked,
                        message -> message instanceof RequestDone);
        RequestDone done = (RequestDone) answer.getLast();
        if (!done.code().isEmpty()) {
            throw new HorizonException(done.code(), done.text());
        }
        return done.text();
    }

    /** What answers a request, from its first message to the last; whole, or asked for again. */
    private List<MeshMessage> ask(
            MeshMessage question, Predicate<MeshMessage> isMine, Predicate<MeshMessage> isLast)
            throws InterruptedException {
        List<MeshMessage> answer = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millisMax);
        long nextAsk = System.nanoTime();
        while (System.nanoTime() < end) {
            if (System.nanoTime() >= nextAsk && link.send(question)) {
                answer.clear();
                nextAsk = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ASK_AGAIN_MILLIS);
            }
            link.poll(message -> {
                if (isMine.test(message)) {
                    answer.add(message);
                }
            });
            if (!answer.isEmpty() && isLast.test(answer.getLast())) {
                return answer;
            }
            Thread.sleep(TURN_MILLIS);
        }
        throw Unanswered.within(millisMax, link);
    }

    private static long requestOf(MeshMessage message) {
        return switch (message) {
            case StateHead m -> m.request();
            case NodeState m -> m.request();
            case RegionState m -> m.request();
            case TransferState m -> m.request();
            case StateEnd m -> m.request();
            case RequestDone m -> m.request();
            default -> 0;
        };
    }
}
