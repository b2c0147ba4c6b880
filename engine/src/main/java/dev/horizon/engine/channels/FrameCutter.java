package dev.horizon.engine.channels;

import dev.horizon.engine.ports.FrameSink;
import dev.horizon.engine.world.Tier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Turns one channel at one tick into frames: decides which rows a receiver can't work out by
 * itself, writes them, and remembers what was sent. Several may work at the same time, each on
 * channels of its own of one tier: what channels share they leave to {@link CutterCrew}.
 */
final class FrameCutter {
    private static final Tier[] TIERS = Tier.values();

    final Deviation deviation;
    final EncoderCounters counters;

    private final Channels channels;
    private final Seats seats;
    private final TableViews views;
    private final FrameWriter writer;
    private final RowCutter rows;
    private final int frameBytesMax;
    private final int keyframeIntervalTicks;
    private final int[] placeExponent = new int[TIERS.length];
    private final ExpandableArrayBuffer scratch;

    private FrameSink out;
    private int now;

    FrameCutter(
            Channels channels,
            TableViews views,
            FrameWriter writer,
            EncoderCounters counters,
            ChannelConfig config,
            int tickHz,
            int attitudeTiers) {
        this.channels = channels;
        this.seats = channels.seats;
        this.views = views;
        this.writer = writer;
        this.counters = counters;
        this.frameBytesMax = config.maxFrameBytes();
        this.keyframeIntervalTicks = config.keyframeIntervalTicks();
        this.scratch = new ExpandableArrayBuffer(frameBytesMax + ChannelConfig.FRAME_BYTES_MIN);
        this.out = (tier, channelId, buffer, offset, length) -> false;
        Steerer steerer = new Steerer(channels, writer, config, tickHz, attitudeTiers);
        this.deviation = new Deviation(channels, views, steerer, config, tickHz, attitudeTiers);
        Corrections corrections = new Corrections(channels, writer, config, tickHz);
        this.rows =
                new RowCutter(channels, views, deviation, corrections, steerer, writer, counters);
        for (Tier tier : TIERS) {
            placeExponent[tier.ordinal()] =
                    FrameWriter.placeExponent(config.tier(tier).errorMetres());
        }
    }

    /** Tells rows of cosmetic components, or keeps them for later. */
    void tellsCosmetics(boolean tells) {
        rows.tellsCosmetics(tells);
    }

    /** Says what tick it is, and where frames go. */
    void begin(long tick, FrameSink sink) {
        now = (int) tick;
        deviation.begin(tick);
        rows.begin(now);
        out = sink;
    }

    MutableDirectBuffer scratch() {
        return scratch;
    }

    /** True while a keyframe is wanted too soon after the last one. */
    boolean mustWait(Channel channel, long tick) {
        return channel.keyframeWanted && tick - channel.keyframeTick < keyframeIntervalTicks;
    }

    /**
     * Encodes what the channel has to say now.
     *
     * @return false when a frame was refused
     */
    boolean cut(Channel channel, long tick) {
        writer.begin(channel.id, tick, channel.edge, placeExponent[channel.tier]);
        boolean complete;
        if (channel.keyframeWanted && !mustWait(channel, tick)) {
            complete = keyframe(channel, tick);
        } else {
            complete = changes(channel);
        }
        // What was forced anew is out: it is sure again what receivers hold.
        channel.isSummed |= complete && !channel.keyframeWanted;
        channel.showChecksum();
        return complete;
    }

    private boolean keyframe(Channel channel, long tick) {
        int first = channel.sequence + 1;
        int flags = FrameWriter.KEYFRAME;
        boolean complete = true;
        quieten(channel);
        channel.checksum = 0;
        for (int seat = channel.firstSeat; seat != Seats.NONE; seat = seats.next(seat)) {
            if (complete && isFull()) {
                complete = flush(channel, flags | FrameWriter.MORE);
                flags = FrameWriter.MORE;
            }
            if (!complete) {
                channels.seating.activate(seat, channel);
            } else if (rows.announce(seat, channel)) {
                channels.seating.coast(seat, channel);
            }
        }
        if (complete) {
            complete = flush(channel, flags & ~FrameWriter.MORE);
        } else {
            writer.begin(channel.id, tick, channel.edge, placeExponent[channel.tier]);
        }
        channel.keyframeWanted = !complete;
        if (complete) {
            channel.keyframeTick = tick;
            channel.keyframeSequence = first;
            counters.keyframes++;
        }
        return complete;
    }

    /** Empties the list of active seats, and frees those that a keyframe need not mention. */
    private void quieten(Channel channel) {
        channel.firstActive = Seats.NONE;
        channel.active = 0;
        for (int seat = channel.firstSeat; seat != Seats.NONE; ) {
            int next = seats.next(seat);
            if (seats.state(seat) == Seats.LEAVING || seats.state(seat) == Seats.LEFT) {
                channels.seating.recycle(seat, channel);
            } else {
                channels.seating.deactivate(seat, channel);
            }
            seat = next;
        }
    }

    private boolean changes(Channel channel) {
        int kept = Seats.NONE;
        int seat = channel.firstActive;
        channel.firstActive = Seats.NONE;
        channel.active = 0;
        boolean complete = true;
        while (seat != Seats.NONE) {
            int next = seats.nextActive(seat);
            if (complete && isFull()) {
                complete = flush(channel, channel.hides ? FrameCheck.HIDES : 0);
            }
            boolean again = !complete || visit(seat, channel);
            if (again && complete && seats.state(seat) == Seats.HELD) {
                channels.seating.coast(seat, channel);
            } else if (again) {
                seats.nextActive(seat, kept);
                kept = seat;
                channel.active++;
            } else if (seats.state(seat) != Seats.FREE) {
                channels.seating.deactivate(seat, channel);
            }
            seat = next;
        }
        if (complete && !writer.isEmpty()) {
            complete = flush(channel, channel.hides ? FrameCheck.HIDES : 0);
        }
        join(channel, kept);
        return complete;
    }

    /** Puts the kept seats before those that a refused frame made active again. */
    private void join(Channel channel, int kept) {
        if (kept == Seats.NONE) {
            return;
        }
        if (channel.firstActive != Seats.NONE) {
            int last = kept;
            while (seats.nextActive(last) != Seats.NONE) {
                last = seats.nextActive(last);
            }
            seats.nextActive(last, channel.firstActive);
        }
        channel.firstActive = kept;
    }

    private boolean isFull() {
        return writer.bytes() + views.entityBytesMax() > frameBytesMax && !writer.isEmpty();
    }

    /** Offers what was written; a refused frame leaves everything as if it had never been. */
    private boolean flush(Channel channel, int flags) {
        int sequence = channel.sequence + 1;
        int rows = writer.rows();
        int length = writer.finish(scratch, 0, sequence, flags);
        channel.sequence(sequence);
        if (!out.offer(TIERS[channel.tier], channel.id, scratch, 0, length)) {
            counters.refusedFrames++;
            lost(channel, sequence);
            return false;
        }
        counters.frames[channel.tier]++;
        counters.bytes[channel.tier] += length;
        channel.bytes += length;
        channel.rows += rows;
        return true;
    }

    /** Undoes what frames from a sequence on said. */
    void lost(Channel channel, int sequence) {
        channel.sequence(sequence - 1);
        channel.isSummed = false;
        // Maybe that is what it said.
        channel.hides = true;
        if (channel.keyframeSequence - sequence >= 0) {
            // Slots that it freed may be used anew: nothing else may be sent before the next one.
            channel.keyframeTick = Channel.NEVER;
            channels.wantKeyframe(channel);
        } else if (channel.strippedSequence - sequence >= 0) {
            channels.wantKeyframe(channel);
        }
        for (int seat = channel.firstSeat; seat != Seats.NONE; seat = seats.next(seat)) {
            if (seats.frameSequence(seat) - sequence < 0) {
                continue;
            }
            boolean unannounced = seats.enteredSequence(seat) - sequence >= 0;
            int state = seats.state(seat);
            boolean counts = state == Seats.HELD || state == Seats.LEAVING;
            if (counts && unannounced) {
                channel.checksum -= seats.sum(seat);
            } else if (state == Seats.LEFT && !unannounced) {
                channel.checksum += seats.sum(seat);
            }
            if (state == Seats.HELD) {
                seats.state(seat, unannounced ? Seats.NEW : Seats.HELD);
                seats.set(seat, Seats.FORCED);
            } else if (state == Seats.LEAVING || state == Seats.LEFT) {
                seats.state(seat, unannounced ? Seats.LEFT : Seats.LEAVING);
            }
            seats.frameSequence(seat, channel.releasedSequence);
            channels.seating.activate(seat, channel);
        }
        channel.showChecksum();
        channels.makeUrgent(channel);
    }

    /** Looks at one seat; false when nobody needs to look at it again until it is touched. */
    private boolean visit(int seat, Channel channel) {
        switch (seats.state(seat)) {
            case Seats.NEW:
                return rows.announce(seat, channel);
            case Seats.HELD:
                return rows.update(seat, channel);
            case Seats.LEAVING:
                int waited = now - seats.leftTick(seat);
                boolean gone = seats.is(seat, Seats.GONE);
                if (gone || waited >= channels.due[channel.tier].longestWait()) {
                    writer.left(seats.slot(seat), gone);
                    channel.checksum -= seats.sum(seat);
                    seats.state(seat, Seats.LEFT);
                    seats.frameSequence(seat, channel.sequence + 1);
                }
                return true;
            default:
                if (channel.releasedSequence - seats.frameSequence(seat) >= 0) {
                    channels.seating.recycle(seat, channel);
                    return false;
                }
                return true;
        }
    }
}
