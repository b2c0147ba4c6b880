package dev.horizon.net.gateway;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconDecoder;
import dev.horizon.schemas.replication.ForgetEncoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hands each frame of the node to the sessions that watch its channel: encoded once, one reference
 * each. Follows the receivers' rules of {@code docs/replication.md} on behalf of all of them, so
 * that what a client gets of a channel has no gap. Agent thread.
 */
final class FanOut implements NodeLink.MessageHandler {
    private static final int KEYFRAME_FLAG = 1;
    private static final int KINDS = SizeClass.values().length * Tier.values().length;

    /** A channel that someone watches, or that came as part of a watched tier. */
    private static final class Watched {
        private final List<Session> watchers = new ArrayList<>();
        private int sequence;
        private boolean whole;
    }

    private final ByteBufAllocator allocator;
    private final Subscriptions subscriptions;
    private final Flushing flushing;
    private final GatewayMetrics metrics;
    private final Long2ObjectHashMap<Watched> channels = new Long2ObjectHashMap<>();
    private final List<List<Session>> wholeTiers = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameDecoder frame = new FrameDecoder();
    private final BeaconDecoder beacon = new BeaconDecoder();
    private final UnsafeBuffer forgetMessage =
            new UnsafeBuffer(
                    new byte[MessageHeaderEncoder.ENCODED_LENGTH + ForgetEncoder.BLOCK_LENGTH]);
    private final ForgetEncoder forget = new ForgetEncoder();
    private long nowNanos;
    private long tick;

    FanOut(
            ByteBufAllocator allocator,
            Subscriptions subscriptions,
            Flushing flushing,
            GatewayMetrics metrics) {
        this.allocator = allocator;
        this.subscriptions = subscriptions;
        this.flushing = flushing;
        this.metrics = metrics;
        for (int kind = 0; kind < KINDS; kind++) {
            wholeTiers.add(new ArrayList<>());
        }
    }

    /** The moment of this round. */
    void now(long nanos) {
        nowNanos = nanos;
    }

    /** Tick of the latest frame. */
    long tick() {
        return tick;
    }

    int channelCount() {
        return channels.size();
    }

    /** Begins to send a channel to a session; a whole tier's id means all channels of the tier. */
    void watch(Session session, long channelId) {
        if (ChannelId.isWhole(channelId)) {
            List<Session> watchers = wholeTiers.get(kind(channelId));
            watchers.add(session);
            if (watchers.size() == 1) {
                subscriptions.subscribe(channelId);
            } else {
                subscriptions.requestAll(channelId);
            }
            return;
        }
        Watched watched = channels.computeIfAbsent(channelId, key -> new Watched());
        watched.watchers.add(session);
        if (watched.watchers.size() == 1) {
            subscriptions.subscribe(channelId);
        } else if (watched.sequence != 0 && !session.whole.contains(channelId)) {
            subscriptions.wantKeyframe(channelId, nowNanos);
        }
    }

    /** Ends it; {@code tell} false where the session has no connection to tell. */
    void unwatch(Session session, long channelId, boolean tell) {
        if (ChannelId.isWhole(channelId)) {
            unwatchTier(session, channelId, tell);
            return;
        }
        Watched watched = channels.get(channelId);
        if (watched == null || !watched.watchers.remove(session)) {
            return;
        }
        if (watched.watchers.isEmpty()) {
            subscriptions.unsubscribe(channelId);
            if (wholeTiers.get(kind(channelId)).isEmpty()) {
                channels.remove(channelId);
            }
        }
        if (!session.watches(channelId)) {
            letForget(session, channelId, tell);
        }
    }

    private void unwatchTier(Session session, long tierId, boolean tell) {
        List<Session> watchers = wholeTiers.get(kind(tierId));
        if (!watchers.remove(session)) {
            return;
        }
        LongHashSet forgotten = new LongHashSet();
        session.known.forEachLong(channelId -> {
            if (ChannelId.wholeOf(channelId) == tierId && !session.watches(channelId)) {
                forgotten.add(channelId);
            }
        });
        forgotten.forEachLong(channelId -> letForget(session, channelId, tell));
        if (watchers.isEmpty()) {
            subscriptions.unsubscribe(tierId);
            Long2ObjectHashMap<Watched>.EntryIterator all = channels.entrySet().iterator();
            while (all.hasNext()) {
                all.next();
                if (all.getValue().watchers.isEmpty()
                        && ChannelId.wholeOf(all.getLongKey()) == tierId) {
                    subscriptions.keyframeCame(all.getLongKey());
                    all.remove();
                }
            }
        }
    }

    private void letForget(Session session, long channelId, boolean tell) {
        session.whole.remove(channelId);
        session.starved.remove(channelId);
        session.queue().forget(channelId);
        if (!session.known.remove(channelId) || !tell) {
            return;
        }
        forget.wrapAndApplyHeader(forgetMessage, 0, new MessageHeaderEncoder())
                .channelId(channelId)
                .tick(tick);
        flushing.binary(session, forgetMessage, forgetMessage.capacity());
    }

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        header.wrap(buffer, offset);
        if (header.schemaId() != FrameDecoder.SCHEMA_ID) {
            metrics.faults.increment();
        } else if (header.templateId() == FrameDecoder.TEMPLATE_ID) {
            frame.wrapAndApplyHeader(buffer, offset, header);
            onFrame(buffer, offset, length);
        } else if (header.templateId() == BeaconDecoder.TEMPLATE_ID) {
            beacon.wrapAndApplyHeader(buffer, offset, header);
            onBeacon();
        }
    }

    private void onFrame(DirectBuffer buffer, int offset, int length) {
        metrics.framesIn.increment();
        long channelId = frame.channelId();
        List<Session> observers = wholeTiers.get(kind(channelId));
        Watched watched = channels.get(channelId);
        if (watched == null) {
            if (observers.isEmpty()) {
                return;
            }
            watched = new Watched();
            channels.put(channelId, watched);
        }
        boolean keyframe = (frame.flags() & KEYFRAME_FLAG) != 0;
        int sequence = (int) frame.sequence();
        tick = Math.max(tick, frame.tick());
        if (!follow(watched, channelId, sequence, keyframe)) {
            return;
        }
        ByteBuf wire = null;
        for (int i = 0; i < watched.watchers.size(); i++) {
            wire =
                    deliver(
                            watched.watchers.get(i),
                            channelId,
                            keyframe,
                            wire,
                            buffer,
                            offset,
                            length);
        }
        for (int i = 0; i < observers.size(); i++) {
            Session observer = observers.get(i);
            if (!observer.near.contains(channelId)) {
                wire = deliver(observer, channelId, keyframe, wire, buffer, offset, length);
            }
        }
        if (wire != null) {
            wire.release();
        }
    }

    private boolean follow(Watched watched, long channelId, int sequence, boolean keyframe) {
        if (keyframe) {
            watched.whole = true;
            watched.sequence = sequence;
            subscriptions.keyframeCame(channelId);
            return true;
        }
        int ahead = sequence - watched.sequence;
        if (watched.whole && ahead == 1) {
            watched.sequence = sequence;
            return true;
        }
        if (!watched.whole || ahead > 1) {
            lost(watched, channelId);
        }
        return false;
    }

    private void lost(Watched watched, long channelId) {
        if (watched.whole) {
            metrics.gaps.increment();
            watched.whole = false;
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
        if (!keyframe && !session.whole.contains(channelId)) {
            if (!session.starved.contains(channelId)) {
                subscriptions.wantKeyframe(channelId, nowNanos);
            }
            return shared;
        }
        ByteBuf wire =
                shared == null ? WireFrame.binary(allocator, buffer, offset, length) : shared;
        LongHashSet starved = session.starved;
        int before = starved.size();
        boolean added =
                session.queue()
                        .addFrame(
                                channelId,
                                ChannelId.tier(channelId).ordinal(),
                                keyframe,
                                wire.retain(),
                                starved);
        if (added && keyframe) {
            session.whole.add(channelId);
            session.known.add(channelId);
            starved.remove(channelId);
        }
        if (!added || starved.size() != before) {
            metrics.framesDropped.increment();
            starved.forEachLong(session.whole::remove);
        }
        flushing.wants(session);
        return wire;
    }

    private void onBeacon() {
        for (BeaconDecoder.ChannelsDecoder entry : beacon.channels()) {
            long channelId = entry.channelId();
            int sequence = (int) entry.sequence();
            Watched watched = channels.get(channelId);
            if (watched == null) {
                if (sequence != 0 && !wholeTiers.get(kind(channelId)).isEmpty()) {
                    subscriptions.wantKeyframe(channelId, nowNanos);
                }
            } else if (sequence != 0 && (!watched.whole || sequence - watched.sequence >= 1)) {
                lost(watched, channelId);
            }
        }
    }

    /** Asks for what a session lost to its full queue, once the queue has room. */
    void feed(Session session) {
        if (!session.starved.isEmpty() && session.queue().isRelaxed()) {
            session.starved.forEachLong(
                    channelId -> subscriptions.wantKeyframe(channelId, nowNanos));
            session.starved.clear();
        }
    }

    /** Size class and tier in one number, below {@link #KINDS}. */
    private static int kind(long channelId) {
        return ChannelId.sizeClass(channelId).ordinal() * Tier.values().length
                + ChannelId.tier(channelId).ordinal();
    }
}
