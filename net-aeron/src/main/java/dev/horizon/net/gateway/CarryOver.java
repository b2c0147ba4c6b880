package dev.horizon.net.gateway;

import dev.horizon.net.edge.EdgeCache;
import dev.horizon.net.gateway.Following.Watched;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the cache, and the clients that have it, what became of a cell that split or merged. Agent
 * thread.
 */
final class CarryOver {
    private static final Logger LOG = LoggerFactory.getLogger(CarryOver.class);
    private static final int OPENS_FLAG = 1;

    private final FanOut fanOut;
    private final Following following;
    private final ByteBufAllocator allocator;
    private final GatewayMetrics metrics;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RecutDecoder recut = new RecutDecoder();

    CarryOver(
            FanOut fanOut,
            Following following,
            ByteBufAllocator allocator,
            GatewayMetrics metrics) {
        this.fanOut = fanOut;
        this.following = following;
        this.allocator = allocator;
        this.metrics = metrics;
    }

    /** A cell split or merged: clients that have all of it carry over what they hold. */
    void onRecut(DirectBuffer buffer, int offset, int length) {
        recut.wrapAndApplyHeader(buffer, offset, header);
        long from = recut.fromChannelId();
        long to = recut.toChannelId();
        boolean opens = (recut.flags() & OPENS_FLAG) != 0;
        if (!following.follows(to) || !apply(from, to, buffer, offset, length)) {
            return;
        }
        ByteBuf entry = null;
        Watched watched = following.find(to);
        List<Session> observers = fanOut.observers(to);
        if (watched != null) {
            List<Session> watchers = fanOut.onlookers.watchers(to, watched);
            for (int i = 0; i < watchers.size(); i++) {
                entry = tell(watchers.get(i), opens, entry, buffer, offset, length);
            }
        }
        for (int i = 0; i < observers.size(); i++) {
            Session observer = observers.get(i);
            if (watched == null || !fanOut.onlookers.watchers(to, watched).contains(observer)) {
                entry = tell(observer, opens, entry, buffer, offset, length);
            }
        }
        if (entry != null) {
            entry.release();
        }
    }

    /** True when clients are to be told. */
    private boolean apply(long from, long to, DirectBuffer buffer, int offset, int length) {
        try {
            EdgeCache.Outcome outcome = fanOut.cache().apply(buffer, offset, length);
            if (outcome != EdgeCache.Outcome.LOST) {
                return outcome == EdgeCache.Outcome.APPLIED;
            }
        } catch (RuntimeException e) {
            metrics.faults.increment();
            LOG.warn("a recut of the node was refused: {}", e.getMessage());
        }
        for (long channelId : new long[] {from, to}) {
            if (fanOut.cache().holds(channelId) && !fanOut.cache().isWhole(channelId)) {
                fanOut.ask(channelId);
            }
        }
        metrics.gaps.increment();
        return false;
    }

    /** For who knows no parts of cells: a cell that split is gone, one that merged comes anew. */
    private void begin(Session session, long from, long to) {
        fanOut.letForget(session, from);
        fanOut.letForget(session, to);
        if (FanOut.isShown(session, to)) {
            fanOut.ask(to);
        }
    }

    private @Nullable ByteBuf tell(
            Session session,
            boolean opens,
            @Nullable ByteBuf shared,
            DirectBuffer buffer,
            int offset,
            int length) {
        long from = recut.fromChannelId();
        long to = recut.toChannelId();
        if (!session.reads(from) || !session.reads(to)) {
            begin(session, from, to);
            return shared;
        }
        FarChannels far = session.far;
        byte left = far.state(from);
        byte entered = far.state(to);
        ByteBuf entry = shared;
        if (left == FarChannels.WHOLE
                && (opens || entered == FarChannels.WHOLE)
                && session.outbox.hasRoomFor(from, to, length)) {
            entry = shared == null ? WireFrame.entry(allocator, buffer, offset, length) : shared;
            session.outbox.addRecut(entry.retain());
            far.put(to, FarChannels.WHOLE);
        } else if (left != FarChannels.NONE || entered != FarChannels.NONE) {
            // Not whole of what the cell was: keyframes of what it is, when there is room.
            session.outbox.starve(from, far);
            session.outbox.starve(to, far);
        } else if (FanOut.isShown(session, to)) {
            fanOut.begin(session, to);
        }
        if (!FanOut.isShown(session, to)) {
            fanOut.letForget(session, to);
        }
        return entry;
    }
}
