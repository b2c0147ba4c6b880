package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.Tier;
import dev.horizon.net.edge.Cells;
import dev.horizon.net.edge.EdgeCache;
import dev.horizon.net.edge.Viewer;
import dev.horizon.net.gateway.Following.Watched;
import dev.horizon.schemas.replication.BeaconDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the channels that clients need on behalf of all of them: near ones into the cache, far
 * ones, and whole tiers, to who watches them as well, encoded once, one reference each. Agent
 * thread.
 */
final class FanOut implements NodeLink.MessageHandler, Cells {
    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);
    private static final int KEYFRAME_FLAG = 1;
    private static final long[] NO_PARTS = {};
    private static final int NEAR_TIER_MAX = Tier.MEDIUM.ordinal();

    private final ByteBufAllocator allocator;
    private final Subscriptions subscriptions;
    private final GatewayMetrics metrics;
    private final EdgeCache cache = new EdgeCache();
    private final Following following;
    final Onlookers onlookers = new Onlookers();
    private final Observing observing;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameDecoder frame = new FrameDecoder();
    private final BeaconDecoder beacon = new BeaconDecoder();
    private final CarryOver carryOver;
    private final ForgetMessage forget = new ForgetMessage();
    private final UnsafeBuffer said = new UnsafeBuffer();
    private long nowNanos;

    FanOut(ByteBufAllocator allocator, Subscriptions subscriptions, GatewayMetrics metrics) {
        this.allocator = allocator;
        this.subscriptions = subscriptions;
        this.metrics = metrics;
        this.following = new Following(subscriptions, cache);
        this.carryOver = new CarryOver(this, following, allocator, metrics);
        this.observing = new Observing(this, following, subscriptions);
    }

    /** What is known of the world. */
    EdgeCache cache() {
        return cache;
    }

    /** The moment of this round. */
    void now(long nanos) {
        nowNanos = nanos;
    }

    int channelCount() {
        return following.count();
    }

    void join(Session session) {
        onlookers.add(session);
    }

    /** The session is over, or waits for its client: it watches nothing. */
    void leave(Session session) {
        observing.leave(session);
        session.far.clear();
    }

    void end(Session session) {
        onlookers.remove(session);
    }

    @Override
    public void need(Viewer viewer, long channelId) {
        Session session = onlookers.of(viewer);
        if (session == null) {
            return;
        }
        boolean isAnswered = following.need(channelId);
        if (ChannelId.tier(channelId).ordinal() > NEAR_TIER_MAX) {
            Watched watched = watched(channelId);
            if (watched.isKnown()) {
                watched.watch(session, onlookers);
            }
            if (!isAnswered) {
                ask(session, channelId);
            }
        }
    }

    /** Asks for what a client lacks of a cell that the gateway has. */
    private void ask(Session session, long channelId) {
        long[] parts = cache.hasParts() ? cache.partIds(channelId) : NO_PARTS;
        if (parts.length == 0
                && cache.isWhole(channelId)
                && session.far.state(channelId) != FarChannels.WHOLE) {
            begin(session, channelId);
        }
        for (long part : parts) {
            if (isShown(session, part) && session.far.state(part) == FarChannels.NONE) {
                begin(session, part);
            }
        }
    }

    @Override
    public void survey(Viewer viewer, long channelId) {
        Session session = onlookers.of(viewer);
        if (session == null
                || !cache.hasParts()
                || session.observes(ChannelId.wholeOf(channelId))) {
            return;
        }
        for (long part : cache.partIds(channelId)) {
            boolean reached = isShown(session, part);
            byte state = session.far.state(part);
            if (reached && state == FarChannels.NONE) {
                begin(session, part);
            } else if (!reached && state != FarChannels.NONE) {
                letForget(session, part);
            }
        }
    }

    private Watched watched(long channelId) {
        return Objects.requireNonNull(following.find(channelId));
    }

    @Override
    public void release(Viewer viewer, long channelId) {
        Session session = onlookers.of(viewer);
        Watched watched = following.find(channelId);
        if (session == null || watched == null) {
            return;
        }
        if (ChannelId.tier(channelId).ordinal() > NEAR_TIER_MAX) {
            watched.unwatch(session);
            if (!session.observes(ChannelId.wholeOf(channelId))) {
                letForget(session, channelId);
                if (session.far.hasParts()) {
                    letForgetParts(session, channelId);
                }
            }
        }
        following.release(channelId);
    }

    private void letForgetParts(Session session, long channelId) {
        for (long part : session.far.ids()) {
            if (ChannelId.covers(channelId, part)) {
                letForget(session, part);
            }
        }
    }

    @Override
    public void hush(Viewer viewer, long channelId) {
        Session session = onlookers.of(viewer);
        if (session != null && session.isSilent(channelId)) {
            letForget(session, channelId);
        }
    }

    @Override
    public void speak(Viewer viewer, long channelId) {
        Session session = onlookers.of(viewer);
        if (session != null && watches(session, channelId)) {
            begin(session, channelId);
        }
    }

    /** Begins to show all of one tier, beside what is near; -1 ends it. */
    void observe(Session session, int tier) {
        observing.observe(session, tier);
    }

    /** True for what a session's client gets since it is within its reach. */
    boolean isFor(Session session, long channelId) {
        return watches(session, channelId) && !session.viewer.isSilent(channelId);
    }

    private boolean watches(Session session, long channelId) {
        Watched watched = following.find(channelId);
        return watched != null
                && onlookers.watchers(channelId, watched).contains(session)
                && isShown(session, channelId);
    }

    /**
     * False for a part of a far cell that is beyond the reach of who needs the cell, and for what
     * the client would misread.
     */
    static boolean isShown(Session session, long channelId) {
        return session.reads(channelId)
                && (ChannelId.level(channelId) == 0
                        || session.viewer.reaches(channelId)
                        || session.observes(ChannelId.wholeOf(channelId)));
    }

    void letForget(Session session, long channelId) {
        if (session.far.remove(channelId)) {
            session.outbox.forget(channelId, forget.entry(allocator, channelId, cache.tick()));
        }
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        // Decoders know the bounds of their buffer alone.
        said.wrap(buffer, offset, length);
        try {
            dispatch(length);
        } catch (IndexOutOfBoundsException e) {
            metrics.faults.increment();
            LOG.warn("a message about channels was cut short: {}", e.getMessage());
        }
    }

    private void dispatch(int length) {
        header.wrap(said, 0);
        if (header.schemaId() != FrameDecoder.SCHEMA_ID) {
            metrics.faults.increment();
        } else if (header.templateId() == FrameDecoder.TEMPLATE_ID) {
            frame.wrapAndApplyHeader(said, 0, header);
            onFrame(said, 0, length);
        } else if (header.templateId() == BeaconDecoder.TEMPLATE_ID) {
            beacon.wrapAndApplyHeader(said, 0, header);
            onBeacon();
        } else if (header.templateId() == RecutDecoder.TEMPLATE_ID) {
            carryOver.onRecut(said, 0, length);
        }
    }

    private void onFrame(DirectBuffer buffer, int offset, int length) {
        metrics.framesIn.increment();
        long channelId = frame.channelId();
        boolean keyframe = (frame.flags() & KEYFRAME_FLAG) != 0;
        Watched watched = following.find(channelId);
        boolean isFollowed = watched != null || following.isWhole(Following.kind(channelId));
        if (!isFollowed || !apply(channelId, buffer, offset, length)) {
            return;
        }
        ByteBuf entry = null;
        if (watched != null) {
            List<Session> watchers = onlookers.watchers(channelId, watched);
            for (int i = 0; i < watchers.size(); i++) {
                Session watcher = watchers.get(i);
                if (isShown(watcher, channelId)) {
                    entry = deliver(watcher, channelId, keyframe, entry, buffer, offset, length);
                }
            }
        }
        List<Session> observers = observers(channelId);
        for (int i = 0; i < observers.size(); i++) {
            Session observer = observers.get(i);
            if (observer.reads(channelId)
                    && (watched == null
                            || !onlookers.watchers(channelId, watched).contains(observer))) {
                entry = deliver(observer, channelId, keyframe, entry, buffer, offset, length);
            }
        }
        if (entry != null) {
            entry.release();
        }
    }

    /** False when clients are to get nothing of the frame. */
    private boolean apply(long channelId, DirectBuffer buffer, int offset, int length) {
        boolean wasWhole = cache.isWhole(channelId);
        try {
            switch (cache.apply(buffer, offset, length)) {
                case KEYFRAME -> {
                    subscriptions.keyframeCame(channelId);
                    return true;
                }
                case APPLIED -> {
                    return true;
                }
                case LOST -> lost(channelId, wasWhole);
                case OLD -> {}
            }
        } catch (RuntimeException e) {
            metrics.faults.increment();
            LOG.warn("a frame of the node was refused: {}", e.getMessage());
            lost(channelId, wasWhole);
        }
        return false;
    }

    /** Sessions that observe all of a channel's size class and tier. */
    List<Session> observers(long channelId) {
        return observing.observers(channelId);
    }

    /**
     * Makes a client whole of a channel: by what the channel said since its keyframe, where that is
     * known, else by a new keyframe, which goes to all who watch it.
     */
    void begin(Session session, long channelId) {
        int length = cache.tapeLength(channelId);
        if (length == 0) {
            ask(channelId);
        } else if (!session.isSilent(channelId) && session.reads(channelId)) {
            ByteBuf entries =
                    allocator.directBuffer(length).writeBytes(cache.tape(channelId), 0, length);
            enqueue(session, channelId, true, entries);
        }
    }

    private void enqueue(Session session, long channelId, boolean whole, ByteBuf entry) {
        int tier = ChannelId.tier(channelId).ordinal();
        if (!session.outbox.addFrame(channelId, tier, whole, entry, session.far)) {
            metrics.framesDropped.increment();
        } else if (whole) {
            session.far.put(channelId, FarChannels.WHOLE);
        }
    }

    /** Asks for a keyframe. */
    void ask(long channelId) {
        subscriptions.wantKeyframe(channelId, nowNanos);
    }

    private void lost(long channelId, boolean wasWhole) {
        if (wasWhole) {
            metrics.gaps.increment();
        }
        subscriptions.wantKeyframe(channelId, nowNanos);
    }

    private @Nullable ByteBuf deliver(
            Session session,
            long channelId,
            boolean keyframe,
            @Nullable ByteBuf shared,
            DirectBuffer buffer,
            int offset,
            int length) {
        if (session.isSilent(channelId)) {
            return shared;
        }
        byte state = session.far.state(channelId);
        if (!keyframe && state != FarChannels.WHOLE) {
            if (state != FarChannels.STARVED) {
                begin(session, channelId);
            }
            return shared;
        }
        ByteBuf entry =
                shared == null ? WireFrame.entry(allocator, buffer, offset, length) : shared;
        enqueue(session, channelId, keyframe, entry.retain());
        return entry;
    }

    private void onBeacon() {
        for (BeaconDecoder.ChannelsDecoder entry : beacon.channels()) {
            long channelId = entry.channelId();
            if (following.follows(channelId)
                    && cache.lags(channelId, (int) entry.sequence(), (int) entry.checksum())
                    && subscriptions.wantKeyframe(channelId, nowNanos)) {
                metrics.gaps.increment();
            }
        }
    }

    /** Asks for what a session lost to its full queue, once the queue has room. */
    void feed(Session session) {
        if (session.far.hasStarved() && session.outbox.isRelaxed()) {
            for (long channelId : session.far.ids()) {
                if (session.far.state(channelId) == FarChannels.STARVED) {
                    session.far.put(channelId, FarChannels.ASKED);
                    begin(session, channelId);
                }
            }
        }
    }

    /** Forgets what the node has let go; called some times a second. */
    void tidy() {
        following.tidy();
    }
}
