package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelConfig;
import dev.horizon.net.edge.Edge;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One node, as the gateway has it: what it was told, what it is to be told, and the sessions that
 * see by it. A gateway has one for each node that it knows; what is said of one node's channels,
 * entities and ticks means nothing at another. Agent thread, but where it says otherwise.
 */
final class Side implements Route.Node {
    final NodeLink node;
    final FanOut fanOut;
    final Edge edge;
    final Gathering gathering;
    final Subscriptions subscriptions;
    final NodePulse pulse;
    final Scouts scouts;
    private final GatewayMetrics metrics;
    private final ArrayDeque<byte[]> outbound = new ArrayDeque<>();
    private final UnsafeBuffer outboundBuffer = new UnsafeBuffer();
    private final List<Session> sessions = new ArrayList<>();
    private int epoch;
    private int epochs;
    private volatile long tick;

    /** On frames since clients were last told. */
    private long spentNanos;

    /** What its plugins take and send; any thread. */
    volatile EventShapes shapes = EventShapes.none();

    Side(
            NodeLink node,
            GatewayConfig config,
            ChannelConfig channels,
            ByteBufAllocator allocator,
            Flushing flushing,
            GatewayMetrics metrics) {
        this.node = node;
        this.metrics = metrics;
        subscriptions = new Subscriptions(node, config, metrics);
        fanOut = new FanOut(allocator, subscriptions, metrics);
        edge = new Edge(fanOut.cache(), channels, config.near(), fanOut);
        gathering = new Gathering(edge, allocator, subscriptions, flushing, metrics);
        pulse = new NodePulse(node, fanOut.cache());
        scouts = new Scouts(this, config);
    }

    @Override
    public boolean isThere() {
        return node.epoch() != 0;
    }

    /** What the node's link says now of whether it is there. */
    enum Turn {
        SAME,
        WENT,
        CAME,
        /** It was there before. */
        CAME_BACK
    }

    /** Looks whether the node came or went. */
    Turn follow() {
        int now = node.epoch();
        if (now == epoch) {
            return Turn.SAME;
        }
        boolean isFirst = epochs == 0;
        epoch = now;
        epochs++;
        // They would come before those that were lost on the way, and a node takes none before the
        // last: who has them says them all again, in order.
        outbound.removeIf(Route::isInput);
        if (now == 0) {
            return Turn.WENT;
        }
        if (!isFirst) {
            fanOut.cache().restart();
            pulse.ages().restart();
            return Turn.CAME_BACK;
        }
        ChannelConfig channels = node.channels();
        if (channels != null) {
            // Nobody was let in before.
            gathering.channels(channels);
        }
        return Turn.CAME;
    }

    /** Queues an input; while the node is away it is dropped, since who has it says it again. */
    @Override
    public void send(byte[] message) {
        if (isThere()) {
            sendLater(message);
        }
    }

    /** Queues an input, for an absent node until it is back. */
    void sendLater(byte[] message) {
        if (message.length > node.inputLengthMax()) {
            metrics.faults.increment();
            Gateway.LOG.error(
                    "an input of {} bytes is more than the node's stream takes", message.length);
        } else {
            outbound.add(message);
        }
    }

    /** Sends the node what it has not taken yet; false while it is there and takes no more. */
    boolean drain() {
        for (byte[] next = outbound.peek(); next != null; next = outbound.peek()) {
            outboundBuffer.wrap(next);
            if (!node.offerInput(outboundBuffer, 0, next.length)) {
                return !isThere();
            }
            outbound.remove();
        }
        return true;
    }

    boolean hasSaidAll() {
        return outbound.isEmpty();
    }

    /** Inputs that the node has not taken yet. */
    int unsaid() {
        return outbound.size();
    }

    /**
     * The sessions that see by this node, in no particular order. One that ends leaves its place to
     * the last, so that who goes from the last to the first meets all.
     */
    List<Session> sessions() {
        return sessions;
    }

    void add(Session session) {
        session.place = sessions.size();
        sessions.add(session);
        session.side = this;
        fanOut.join(session);
    }

    void remove(Session session) {
        Session last = sessions.removeLast();
        if (last != session) {
            last.place = session.place;
            sessions.set(last.place, last);
        }
        fanOut.end(session);
    }

    /** It has no connection now: it needs no channels. */
    void release(Session session) {
        edge.leave(session.viewer);
        fanOut.leave(session);
    }

    /**
     * Puts who are near each other side by side: what one is told of lies in the processor's cache
     * for the next.
     */
    void sort() {
        sessions.sort(Comparator.comparingLong(session -> session.viewer.neighbourhood()));
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).place = i;
        }
    }

    /** True when a player of the other node can play on at this one. */
    boolean speaksLike(Side other) {
        return shapes.raw() == other.shapes.raw()
                && shapes.catalogue().shapes().equals(other.shapes.catalogue().shapes());
    }

    /** Takes what the node published, and gathers for its sessions once a tick of it is whole. */
    int turn(int framesMax, NanoClock clock) {
        long begunNanos = clock.nanoTime();
        int frames = node.pollFrames(fanOut, framesMax);
        boolean isWhole = pulse.isComplete(frames);
        if (isWhole) {
            if (!gathering.gather(sessions)) {
                pulse.onLeftOut();
            }
            scouts.follow();
        }
        tick = Math.max(fanOut.cache().tick(), pulse.tick());
        if (frames > 0 || isWhole) {
            spentNanos += clock.nanoTime() - begunNanos;
        }
        if (isWhole) {
            metrics.tellingNanos = spentNanos;
            spentNanos = 0;
            long ageNanos = pulse.ages().told(pulse.tick(), clock.nanoTime());
            if (ageNanos >= 0) {
                metrics.ages.add(ageNanos, gathering.told());
            }
        }
        return isWhole ? frames + 1 : frames;
    }

    /** The last tick that was heard of; any thread. */
    long tick() {
        return tick;
    }
}
