package dev.horizon.engine.channels;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.EntityId;
import dev.horizon.schemas.replication.BeaconDecoder;
import dev.horizon.schemas.replication.ForgetDecoder;
import dev.horizon.schemas.replication.FrameDecoder;
import dev.horizon.schemas.replication.GlanceDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import dev.horizon.schemas.replication.ViewDecoder;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver of frames knows of the world: applies messages of the replication schema, notices
 * what was lost and asks for keyframes, and merges what several channels say of one entity. The
 * rules are those of {@code docs/replication.md}. One thread's alone; off the tick.
 */
public final class ReplicaView {
    /** Channels that a view holds at most, unless told otherwise. */
    public static final int CHANNELS_MAX_STANDARD = 1 << 18;

    /** Entities that a view holds at most, unless told otherwise. */
    public static final int ENTITIES_MAX_STANDARD = 1 << 20;

    private static final int TICK_HZ_STANDARD = 20;

    /** Ticks until a keyframe that didn't come is asked for again: a second at the usual rate. */
    private static final int ASK_AGAIN_TICKS = 20;

    /** The first times it is asked again sooner: what is lost once is lost again less often. */
    private static final int ASK_SOON_TICKS = 5;

    private static final int ASK_SOON_TIMES = 4;

    private final ReplicaListener listener;
    private final int entitiesMax;
    private final ReplicaChannels channels;
    private final Long2ObjectHashMap<ReplicaEntity> entities = new Long2ObjectHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameDecoder frame = new FrameDecoder();
    private final BeaconDecoder beacon = new BeaconDecoder();
    private final ForgetDecoder forget = new ForgetDecoder();
    private final ReplicaRecut recut;
    private final ViewRows nearRows = new ViewRows(this);
    private final FrameRows rows = new FrameRows(this, frame);
    private int tickHz = TICK_HZ_STANDARD;
    private long lastTick;
    private long framesApplied;
    private long framesIgnored;
    private long gaps;
    private long wrongChannels;

    private ReplicaView(
            ReplicaListener listener,
            @Nullable LongHashSet watched,
            int channelsMax,
            int entitiesMax) {
        this.listener = listener;
        this.channels = new ReplicaChannels(watched, channelsMax);
        this.recut = new ReplicaRecut(this, channels);
        this.entitiesMax = entitiesMax;
    }

    /** A view of every channel that is heard: for a client, whose gateway decides what it gets. */
    public static ReplicaView open(ReplicaListener listener) {
        return open(listener, CHANNELS_MAX_STANDARD, ENTITIES_MAX_STANDARD);
    }

    /** An {@link #open} view with bounds of its own. */
    public static ReplicaView open(ReplicaListener listener, int channelsMax, int entitiesMax) {
        return new ReplicaView(listener, null, channelsMax, entitiesMax);
    }

    /** A view of the channels that it is told to {@link #watch}: for a gateway. */
    public static ReplicaView watching(ReplicaListener listener) {
        return new ReplicaView(
                listener, new LongHashSet(), CHANNELS_MAX_STANDARD, ENTITIES_MAX_STANDARD);
    }

    /** Ticks a second, by which rows that correct a track move it on: what the welcome said. */
    public void tickHz(int hz) {
        tickHz = hz;
    }

    int tickHz() {
        return tickHz;
    }

    /**
     * Listens to a cell of level 0 with all its parts from now on, or to all that a {@link
     * ChannelId#whole} id covers.
     */
    public void watch(long channelId) {
        channels.watch(channelId);
    }

    /**
     * Drops a channel with the parts of its cell, or all that a {@link ChannelId#whole} id covers.
     */
    public void forget(long channelId) {
        for (ReplicaChannel channel : channels.forget(channelId)) {
            channel.replaceAll();
            dropReplaced(channel);
        }
    }

    /**
     * Applies one message, header included.
     *
     * @return true when it changed something, false when it was old, not for this view, of a
     *     template that this version doesn't know, or can't be applied before a keyframe
     * @throws HorizonException HZ-REP-001 for what isn't a replication message, HZ-REP-002 for a
     *     frame that contradicts what is held (a keyframe is asked for) or a View that does (it is
     *     stale until a fresh one comes), HZ-REP-003 when it exceeds the view's bounds
     */
    public boolean apply(DirectBuffer buffer, int offset, int length) {
        int template = FrameCheck.check(buffer, offset, length);
        switch (template) {
            case FrameDecoder.TEMPLATE_ID:
                frame.wrapAndApplyHeader(buffer, offset, header);
                return applyFrame();
            case BeaconDecoder.TEMPLATE_ID:
                beacon.wrapAndApplyHeader(buffer, offset, header);
                applyBeacon();
                return false;
            case ViewDecoder.TEMPLATE_ID, GlanceDecoder.TEMPLATE_ID:
                return applyNear(buffer, offset, template);
            case RecutDecoder.TEMPLATE_ID:
                return recut.apply(buffer, offset);
            case ForgetDecoder.TEMPLATE_ID:
                forget.wrapAndApplyHeader(buffer, offset, header);
                long channelId = forget.channelId();
                int held = channels.count();
                forget(channelId);
                return channels.count() != held;
            default:
                // A template of a later version: what it says is beyond this receiver.
                framesIgnored++;
                return false;
        }
    }

    /** An entity, or null where no channel holds it. */
    public @Nullable ReplicaEntity find(EntityId id) {
        return entities.get(id.value());
    }

    /** Calls for every entity, in no particular order. */
    public void forEach(Consumer<ReplicaEntity> visit) {
        entities.values().forEach(visit);
    }

    /** Entities held. */
    public int entities() {
        return entities.size();
    }

    /** Channels held. */
    public int channels() {
        return channels.count();
    }

    /** Entities that one channel holds. */
    public int heldBy(long channelId) {
        ReplicaChannel channel = channels.find(channelId);
        return channel == null ? 0 : channel.held();
    }

    /** True when the channel is held and nothing was lost since its last keyframe. */
    public boolean isWhole(long channelId) {
        ReplicaChannel channel = channels.find(channelId);
        return channel != null && channel.whole;
    }

    /** The latest tick that was heard of. */
    public long lastTick() {
        return lastTick;
    }

    /** Frames applied. */
    public long framesApplied() {
        return framesApplied;
    }

    /** Frames that were old, not for this view, or waiting for a keyframe. */
    public long framesIgnored() {
        return framesIgnored;
    }

    /** Times that a channel was found to have lost something. */
    public long gaps() {
        return gaps;
    }

    /** The tick of the latest View or Glance; 0 before one. */
    public long viewTick() {
        return nearRows.tick();
    }

    /** Of the client's own inputs, the last that the latest View's tick had read; 0 before one. */
    public long inputSequence() {
        return nearRows.inputSequence();
    }

    /**
     * False when a View contradicted what was held: only a fresh one, on a new connection, helps.
     */
    public boolean isViewWhole() {
        return nearRows.isWhole();
    }

    /** Times that a channel was found to hold something else than the node says, nothing lost. */
    public long wrongChannels() {
        return wrongChannels;
    }

    private boolean applyFrame() {
        long channelId = frame.channelId();
        if (!ChannelId.isChannel(channelId)) {
            throw FrameCheck.malformed("channel " + ChannelId.text(channelId) + " is no cell");
        }
        if (!channels.isWatched(channelId)) {
            framesIgnored++;
            return false;
        }
        hear(frame.tick());
        ReplicaChannel channel = channels.obtain(channelId);
        int sequence = (int) frame.sequence();
        boolean keyframe = (frame.flags() & FrameWriter.KEYFRAME) != 0;
        if (keyframe ? frame.tick() < channel.lastTick : sequence - channel.sequence != 1) {
            framesIgnored++;
            if (!keyframe && (!channel.whole || sequence - channel.sequence > 1)) {
                miss(channel);
            }
            return false;
        }
        if (!keyframe && !channel.whole) {
            framesIgnored++;
            miss(channel);
            return false;
        }
        try {
            if (keyframe) {
                channel.replaceAll();
                channel.whole = true;
            }
            rows.apply(channel);
        } catch (HorizonException e) {
            miss(channel);
            throw e;
        } finally {
            channel.sequence = sequence;
            channel.lastTick = frame.tick();
            if ((frame.flags() & FrameWriter.MORE) == 0 && !channel.replaced.isEmpty()) {
                dropReplaced(channel);
            }
        }
        framesApplied++;
        return true;
    }

    void hear(long tick) {
        lastTick = Math.max(lastTick, tick);
    }

    void applied(boolean changed) {
        framesApplied += changed ? 1 : 0;
        framesIgnored += changed ? 0 : 1;
    }

    private boolean applyNear(DirectBuffer buffer, int offset, int template) {
        if (!nearRows.apply(buffer, offset, template)) {
            framesIgnored++;
            return false;
        }
        lastTick = Math.max(lastTick, nearRows.tick());
        framesApplied++;
        return true;
    }

    void miss(ReplicaChannel channel) {
        if (channel.whole) {
            channel.whole = false;
            channel.askedTimes = 0;
            gaps++;
        }
        int pause = channel.askedTimes < ASK_SOON_TIMES ? ASK_SOON_TICKS : ASK_AGAIN_TICKS;
        if (lastTick - channel.askedTick >= pause) {
            channel.askedTick = lastTick;
            channel.askedTimes++;
            listener.onKeyframeNeeded(channel.id);
        }
    }

    private void applyBeacon() {
        lastTick = Math.max(lastTick, beacon.tick());
        for (BeaconDecoder.ChannelsDecoder entry : beacon.channels()) {
            long channelId = entry.channelId();
            ReplicaChannel channel = channels.find(channelId);
            if (channel == null && channels.isChoosy() && ChannelId.isChannel(channelId)) {
                channel = channels.isWatched(channelId) ? channels.obtain(channelId) : null;
            }
            if (channel == null) {
                continue;
            }
            int behind = (int) entry.sequence() - channel.sequence;
            if (!channel.whole || behind > 0) {
                miss(channel);
            } else if (behind == 0 && channel.contradicts(entry.checksum())) {
                wrongChannels++;
                miss(channel);
            }
        }
    }

    void enter(ReplicaChannel channel, FrameDecoder.EnteredDecoder row, long tick) {
        if (channel.slot(row.slot()) != null) {
            throw FrameCheck.inconsistent(
                    channel.id, "slot " + row.slot() + " is entered, but held already");
        }
        ReplicaSlot slot =
                new ReplicaSlot(
                        channel,
                        obtainEntity(row.entityId()),
                        channel.tier,
                        row.generation(),
                        row.sizeClass(),
                        row.radius(),
                        row.parentId(),
                        tick);
        channel.put(row.slot(), slot);
        hold(slot);
    }

    @Nullable ReplicaEntity find(long id) {
        return entities.get(id);
    }

    /** The entity, which is new until a slot of it is held. */
    ReplicaEntity obtainEntity(long id) {
        ReplicaEntity entity = entities.get(id);
        if (entity == null) {
            if (entities.size() >= entitiesMax) {
                throw ReplicaChannels.tooMuch(entitiesMax + " entities");
            }
            entity = new ReplicaEntity(id);
            entities.put(id, entity);
        }
        return entity;
    }

    void hold(ReplicaSlot slot) {
        if (slot.entity.add(slot)) {
            listener.onEnter(slot.entity);
        }
    }

    void release(ReplicaSlot slot, boolean gone) {
        if (slot.entity.remove(slot)) {
            entities.remove(slot.entity.id().value());
            listener.onLeave(slot.entity, gone);
        }
    }

    void dropReplaced(ReplicaChannel channel) {
        for (ReplicaSlot slot : channel.replaced) {
            release(slot, false);
        }
        channel.replaced.clear();
    }
}
