package dev.horizon.engine.channels;

import dev.horizon.engine.events.OverloadStep;
import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.ports.ReplicationEncoder;
import dev.horizon.engine.ports.SubscriptionSource.SubscriptionHandler;
import dev.horizon.engine.schedule.Crew;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.BeaconEncoder;
import dev.horizon.schemas.replication.FrameEncoder;
import dev.horizon.schemas.replication.MessageHeaderEncoder;
import dev.horizon.schemas.replication.RecutEncoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the world: keeps every entity in its channels, and encodes each channel that someone
 * watches, when it is due, once for all who watch it. The tick thread's alone; allocates nothing in
 * steady state.
 */
public final class ChannelEncoder implements ReplicationEncoder {
    private static final Tier[] TIERS = Tier.values();
    private static final int BEACON_ENTRY_BYTES = 16;
    private static final double NO_ATTITUDE_DEGREES = 180;

    /** Under overload: how many times of a channel of MEDIUM, or of a farther tier, are one. */
    private static final int MEDIUM_STRETCH = 2;

    private static final int FAR_STRETCH = 4;
    private static final int TEMPLATE_AT = 2;
    private static final int BODY_AT = MessageHeaderEncoder.ENCODED_LENGTH;

    final Channels channels;

    private final CellKeeper cells;
    private final Locator locator;
    private final CutterCrew cutters;
    private final Recuts recuts;
    private final Subscriptions subscriptions;
    private final EncoderCounters counters = new EncoderCounters();
    private final int keyframeIntervalTicks;
    private final int streamsPerTier;
    private final int beaconTicks;
    private final int beaconChannelsMax;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BeaconEncoder beacon = new BeaconEncoder();
    private OverloadStep relief = OverloadStep.NORMAL;
    private boolean tellsCosmetics = true;

    /** Publishes a world on the tick thread alone. */
    public ChannelEncoder(WorldState world, ChannelConfig config, int tickHz) {
        this(world, config, tickHz, Crew.alone());
    }

    /**
     * Publishes a world from the next {@link #locate} on.
     *
     * @param tickHz ticks per second at undilated time
     * @param crew threads that encode; frames are the same however many
     */
    public ChannelEncoder(WorldState world, ChannelConfig config, int tickHz, Crew crew) {
        Members members = new Members();
        Seats seats = new Seats();
        FrameWriter[] writers = new FrameWriter[crew.lanes()];
        Arrays.setAll(writers, lane -> new FrameWriter());
        int attitudeTiers = 0;
        for (Tier tier : TIERS) {
            if (config.tier(tier).attitudeErrorDegrees() < NO_ATTITUDE_DEGREES) {
                attitudeTiers |= 1 << tier.ordinal();
            }
        }
        channels = new Channels(config, tickHz, members, seats);
        TableViews views = new TableViews(world, writers, seats, config);
        cells = new CellKeeper(channels);
        RowScan scan = new RowScan(views, members, crew, attitudeTiers);
        locator = new Locator(world, channels, cells, views, scan, attitudeTiers);
        FrameCutter[] ofLanes = new FrameCutter[crew.lanes()];
        for (int lane = 0; lane < ofLanes.length; lane++) {
            EncoderCounters counts = lane == 0 ? counters : new EncoderCounters();
            ofLanes[lane] =
                    new FrameCutter(
                            channels, views, writers[lane], counts, config, tickHz, attitudeTiers);
        }
        cutters = new CutterCrew(channels, views, crew, ofLanes, config.maxFrameBytes());
        RecutWriter writer = new RecutWriter(config);
        recuts = new Recuts(channels, cells, views, cutters, writer, counters, config);
        subscriptions = new Subscriptions(channels, counters, config);
        keyframeIntervalTicks = config.keyframeIntervalTicks();
        streamsPerTier = config.streamsPerTier();
        beaconTicks = (int) Math.max(1, Math.round(tickHz / config.beaconHz()));
        beaconChannelsMax = (config.maxFrameBytes() - FrameWriter.EMPTY_BYTES) / BEACON_ENTRY_BYTES;
    }

    /** Takes what gateways want; poll a subscription source with it before {@link #encode}. */
    public SubscriptionHandler subscriptions() {
        return subscriptions;
    }

    /** What was done so far. */
    public EncoderCounters counters() {
        return counters;
    }

    /**
     * The channels that send most, the busiest first, as of the last pass over all (some three
     * seconds); {@link BusyChannels#COUNT_MAX} at most. Any thread may call it.
     */
    public List<ChannelStatistics> busiestChannels() {
        return channels.busy.read();
    }

    /** Channels that hold an entity or have a subscriber. */
    public int channels() {
        return channels.count();
    }

    /** Channels of a tier that someone watches. */
    public int subscribedChannels(Tier tier) {
        return channels.live(tier);
    }

    /** Channels that someone watches. */
    public int subscribedChannels() {
        int sum = 0;
        for (Tier tier : TIERS) {
            sum += channels.live(tier);
        }
        return sum;
    }

    /** Entities that are published, with what rides in them. */
    public int entities() {
        return channels.members.size();
    }

    /**
     * Times that an entity was found beyond the last cell of a tier, and so not published there.
     */
    public long outOfRange() {
        return cells.outOfRange();
    }

    /** Times that a channel had no slot left for an entity. */
    public long slotOverflows() {
        return channels.seating.slotOverflows();
    }

    @Override
    public void look(long tick) {
        locator.look(tick);
    }

    /**
     * Updates members and cells; call it once per tick, after changes were stamped. Looks first
     * where nobody did.
     */
    @Override
    public void locate(long tick) {
        channels.tick(tick);
        locator.locate(tick);
        channels.keepHeadroom();
    }

    @Override
    public void relieve(OverloadStep step) {
        if (step == relief) {
            return;
        }
        relief = step;
        boolean isSlower = step.includes(OverloadStep.FAR_TIERS_SLOWER);
        channels.due[Tier.MEDIUM.ordinal()].stretch(isSlower ? MEDIUM_STRETCH : 1);
        channels.due[Tier.LOW.ordinal()].stretch(isSlower ? FAR_STRETCH : 1);
        channels.due[Tier.SENSOR.ordinal()].stretch(isSlower ? FAR_STRETCH : 1);
        boolean tells = !step.includes(OverloadStep.COSMETICS_SHED);
        if (tells != tellsCosmetics) {
            tellsCosmetics = tells;
            cutters.tellsCosmetics(tells);
        }
    }

    @Override
    public int toldTiers(long entity) {
        Members members = channels.members;
        int member = members.find(entity);
        int told = 0;
        for (int tier = 0; member != Members.NONE && tier < Members.TIERS; tier++) {
            Channel channel = members.channel[members.root[member] * Members.TIERS + tier];
            told |= channel != null && channel.live ? 1 << tier : 0;
        }
        return told;
    }

    @Override
    public void encode(long tick, FrameHold out) {
        channels.tick(tick);
        cutters.begin(tick, out);
        recuts.cut(tick, out);
        cutUrgent(tick);
        cutters.cutDue();
        beacons(tick, out);
        channels.sweep();
    }

    /** Those that are due anyway, of the nearest tier all, are cut with the others. */
    private void cutUrgent(long tick) {
        Channel urgent = channels.takeUrgent();
        while (urgent != null) {
            Channel next = urgent.nextUrgent;
            urgent.urgent = false;
            urgent.nextUrgent = null;
            if (urgent.live) {
                DueTimes due = channels.due[urgent.tier];
                if (urgent.isChoked(tick)) {
                    channels.makeUrgent(urgent);
                } else if (due.isDue(urgent.phase, tick)) {
                    due.schedule(urgent);
                } else {
                    cutters.cutUrgent(urgent);
                }
            }
            urgent = next;
        }
    }

    private void beacons(long tick, FrameSink out) {
        for (Tier tier : TIERS) {
            for (int stream = 0; stream < streamsPerTier; stream++) {
                if ((tick + stream) % beaconTicks == 0) {
                    StreamChannels channelsOf = channels.stream(tier.ordinal(), stream);
                    for (int from = 0; from < channelsOf.count(); from += beaconChannelsMax) {
                        beacon(tick, tier, channelsOf, from, out);
                    }
                }
            }
        }
    }

    private void beacon(long tick, Tier tier, StreamChannels stream, int from, FrameSink out) {
        int count = Math.min(stream.count() - from, beaconChannelsMax);
        MutableDirectBuffer scratch = cutters.scratch();
        beacon.wrapAndApplyHeader(scratch, 0, header).tick(tick).channelsCount(count);
        int at = MessageHeaderEncoder.ENCODED_LENGTH + beacon.encodedLength();
        for (int i = from; i < from + count; i++) {
            scratch.putLong(at, stream.id(i), ByteOrder.LITTLE_ENDIAN);
            scratch.putInt(at + 8, stream.sequence(i), ByteOrder.LITTLE_ENDIAN);
            scratch.putInt(at + 12, stream.checksum(i), ByteOrder.LITTLE_ENDIAN);
            at += BEACON_ENTRY_BYTES;
        }
        if (out.offer(tier, stream.id(from), scratch, 0, at)) {
            counters.beacons++;
            counters.bytes[tier.ordinal()] += at;
        }
    }

    @Override
    public boolean mayRelease(long channelId, DirectBuffer message, int offset) {
        int template = template(message, offset);
        if (template == RecutEncoder.TEMPLATE_ID) {
            return mayReleaseRecut(channelId, message, offset);
        }
        return template != FrameEncoder.TEMPLATE_ID
                || isNext(channels.find(channelId), StagedFrames.sequence(message, offset));
    }

    private boolean mayReleaseRecut(long channelId, DirectBuffer message, int offset) {
        Channel from = channels.find(channelId);
        Channel to = entered(message, offset);
        int fromSequence = fromSequence(message, offset);
        int toSequence = toSequence(message, offset);
        boolean fromNext = isNext(from, fromSequence);
        boolean toNext = isNext(to, toSequence);
        // Where one of the two lost a frame before, the other has to give its number back as well.
        if (fromNext && !toNext) {
            lost(from, fromSequence);
        } else if (toNext && !fromNext) {
            lost(to, toSequence);
        }
        return fromNext && toNext;
    }

    private static boolean isNext(@Nullable Channel channel, int sequence) {
        return channel != null && channel.live && sequence == channel.releasedSequence + 1;
    }

    @Override
    public void released(long channelId, DirectBuffer message, int offset) {
        Channel channel = channels.find(channelId);
        int template = template(message, offset);
        if (channel != null && template == FrameEncoder.TEMPLATE_ID) {
            channel.taken(StagedFrames.sequence(message, offset));
        } else if (channel != null && template == RecutEncoder.TEMPLATE_ID) {
            channel.taken(fromSequence(message, offset));
            Channel to = entered(message, offset);
            if (to != null) {
                to.taken(toSequence(message, offset));
            }
        }
    }

    @Override
    public void lost(long channelId, DirectBuffer message, int offset) {
        int template = template(message, offset);
        Channel channel = channels.find(channelId);
        if (template == FrameEncoder.TEMPLATE_ID) {
            counters.lostFrames++;
            lost(channel, StagedFrames.sequence(message, offset));
        } else if (template == RecutEncoder.TEMPLATE_ID) {
            counters.lostFrames++;
            lost(entered(message, offset), toSequence(message, offset));
            lost(channel, fromSequence(message, offset));
        }
    }

    private void lost(@Nullable Channel channel, int sequence) {
        if (channel != null && channel.live) {
            cutters.lost(channel, sequence);
            channel.refused(channels.tick(), keyframeIntervalTicks);
        }
    }

    private @Nullable Channel entered(DirectBuffer recut, int offset) {
        return channels.find(
                recut.getLong(
                        offset + BODY_AT + RecutEncoder.toChannelIdEncodingOffset(),
                        ByteOrder.LITTLE_ENDIAN));
    }

    private static int fromSequence(DirectBuffer recut, int offset) {
        return recut.getInt(
                offset + BODY_AT + RecutEncoder.fromSequenceEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN);
    }

    private static int toSequence(DirectBuffer recut, int offset) {
        return recut.getInt(
                offset + BODY_AT + RecutEncoder.toSequenceEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN);
    }

    /** Beacons have no number. */
    private static int template(DirectBuffer message, int offset) {
        return message.getShort(offset + TEMPLATE_AT, ByteOrder.LITTLE_ENDIAN);
    }
}
