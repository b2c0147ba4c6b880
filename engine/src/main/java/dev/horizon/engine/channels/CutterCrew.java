package dev.horizon.engine.channels;

import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.schedule.Crew;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Has all threads of the tick compare and cut what is due, and hands their frames on in the order
 * of their channels: the same frames in the same order whatever the number of threads. Threads
 * share neither a channel nor, of one tier, a member; lists that run through channels are kept by
 * the tick thread, before and after.
 */
final class CutterCrew {
    private static final Tier[] TIERS = Tier.values();
    private static final int WORDS_PER_UNIT = 16;
    private static final int CHANNELS_PER_UNIT = 8;

    /** Fewer are cut before another thread has woken up. */
    private static final int UNITS_MIN = 4;

    /** A frame without rows, and what a hold may add to it. */
    private static final int FRAME_BYTES = FrameWriter.EMPTY_BYTES + 32;

    private static final int BATCH_MIN = 1_024;

    private final Channels channels;
    private final TableViews views;
    private final Crew crew;
    private final FrameCutter[] cutters;
    private final StagedFrames[] staged;
    private final int frameBytesMax;
    private final EncoderCounters counters;
    private final Crew.Work comparing = this::compareUnit;
    private final Crew.Work cutting = this::cutUnit;

    private long tick;
    private @Nullable FrameHold out;
    private int tier;
    private int phase;
    private long[] strayed = new long[0];

    private @Nullable Channel[] batch = new Channel[BATCH_MIN];
    private int[] cutBy = new int[BATCH_MIN];
    private int[] stagedFrom = new int[BATCH_MIN];
    private int[] stagedTo = new int[BATCH_MIN];
    private boolean[] isComplete = new boolean[BATCH_MIN];
    private int count;

    /** Cutters by lane of the crew; the first counts what all do. */
    CutterCrew(
            Channels channels,
            TableViews views,
            Crew crew,
            FrameCutter[] cutters,
            int frameBytesMax) {
        this.channels = channels;
        this.views = views;
        this.crew = crew;
        this.cutters = cutters;
        this.frameBytesMax = frameBytesMax;
        this.counters = cutters[0].counters;
        this.staged = new StagedFrames[cutters.length];
        Arrays.setAll(staged, lane -> new StagedFrames());
    }

    void begin(long now, FrameHold hold) {
        tick = now;
        out = hold;
        cutters[0].begin(now, hold);
        int lanes = channels.members.tracks.count();
        for (Coasters ofTier : channels.coasters) {
            ofTier.reserve(lanes);
        }
    }

    MutableDirectBuffer scratch() {
        return cutters[0].scratch();
    }

    /** Cuts a channel that can't wait until it is due, unless it was cut too shortly before. */
    void cutUrgent(Channel channel) {
        boolean waits = cutters[0].mustWait(channel, tick);
        if (waits) {
            channels.makeUrgent(channel);
        }
        if (!waits || channel.hides) {
            cut(channel);
        }
    }

    /** Cuts the channels of a tier and phase. */
    void cutDue(int dueTier, int duePhase) {
        tier = dueTier;
        phase = duePhase;
        compare();
        collect();
        int units = units(count, CHANNELS_PER_UNIT);
        if (isShared(units) && hold().fits(bytesMax())) {
            for (int lane = 0; lane < cutters.length; lane++) {
                staged[lane].clear();
                cutters[lane].begin(tick, staged[lane]);
            }
            crew.run(units, cutting);
            cutters[0].begin(tick, hold());
            handOn();
        } else {
            for (int i = 0; i < count; i++) {
                cut(at(i));
            }
        }
    }

    /** Undoes what frames from a sequence on said. */
    void lost(Channel channel, int sequence) {
        cutters[0].lost(channel, sequence);
    }

    private boolean isShared(int units) {
        return cutters.length > 1 && units >= UNITS_MIN;
    }

    private static int units(int things, int perUnit) {
        return (things + perUnit - 1) / perUnit;
    }

    // --- who no longer moves as receivers expect ---

    /** Has channels look at the seats of those. */
    private void compare() {
        long[] words = channels.coasters[tier].words(phase);
        if (strayed.length < words.length) {
            strayed = new long[words.length];
        }
        int units = units(words.length, WORDS_PER_UNIT);
        if (isShared(units)) {
            for (FrameCutter cutter : cutters) {
                cutter.deviation.begin(tick);
            }
            crew.run(units, comparing);
        } else {
            for (int unit = 0; unit < units; unit++) {
                compareUnit(unit, 0);
            }
        }
        Members members = channels.members;
        for (int word = 0; word < words.length; word++) {
            for (long bits = strayed[word]; bits != 0; bits &= bits - 1) {
                int lane = (word << 6) + Long.numberOfTrailingZeros(bits);
                int at = members.tracks.member[lane] * Members.TIERS + tier;
                Channel channel = members.channel[at];
                if (channel != null) {
                    channels.seating.activateCoasting(members.seat[at], channel);
                }
            }
        }
    }

    private void compareUnit(int unit, int worker) {
        Deviation deviation = cutters[worker].deviation;
        int[] memberOf = channels.members.tracks.member;
        long[] words = channels.coasters[tier].words(phase);
        int first = unit * WORDS_PER_UNIT;
        int end = Math.min(words.length, first + WORDS_PER_UNIT);
        for (int word = first; word < end; word++) {
            long off = 0;
            for (long bits = words[word]; bits != 0; bits &= bits - 1) {
                int lane = (word << 6) + Long.numberOfTrailingZeros(bits);
                if (!deviation.isAsExpected(lane, memberOf[lane], tier)) {
                    off |= bits & -bits;
                }
            }
            strayed[word] = off;
        }
    }

    // --- frames ---

    private void collect() {
        count = 0;
        Channel channel = channels.due[tier].head(phase);
        while (channel != null) {
            if (count == batch.length) {
                int more = count * 2;
                batch = Arrays.copyOf(batch, more);
                cutBy = Arrays.copyOf(cutBy, more);
                stagedFrom = Arrays.copyOf(stagedFrom, more);
                stagedTo = Arrays.copyOf(stagedTo, more);
                isComplete = Arrays.copyOf(isComplete, more);
            }
            batch[count++] = channel;
            channel = channel.nextDue;
        }
    }

    /** The most that the batch can fill of a hold, so that none of it would have to wait. */
    private int bytesMax() {
        long bytes = frameBytesMax;
        for (int i = 0; i < count; i++) {
            Channel channel = at(i);
            int seats = channel.keyframeWanted ? channel.slots : channel.active;
            bytes += FRAME_BYTES + (long) seats * (FRAME_BYTES + views.entityBytesMax());
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE / 2);
    }

    private void cutUnit(int unit, int lane) {
        int end = Math.min(count, (unit + 1) * CHANNELS_PER_UNIT);
        for (int i = unit * CHANNELS_PER_UNIT; i < end; i++) {
            cutBy[i] = lane;
            stagedFrom[i] = staged[lane].end();
            isComplete[i] = cutters[lane].cut(at(i), tick);
            stagedTo[i] = staged[lane].end();
        }
    }

    private void handOn() {
        for (int lane = 1; lane < cutters.length; lane++) {
            counters.take(cutters[lane].counters);
        }
        for (int i = 0; i < count; i++) {
            Channel channel = at(i);
            settle(channel, offerStaged(channel, i) && isComplete[i]);
        }
    }

    private boolean offerStaged(Channel channel, int i) {
        StagedFrames frames = staged[cutBy[i]];
        for (int at = stagedFrom[i]; at < stagedTo[i]; at = frames.nextAt(at)) {
            int message = frames.messageAt(at);
            if (!hold().offer(
                            TIERS[tier],
                            channel.id,
                            frames.buffer(),
                            message,
                            frames.lengthAt(at))) {
                counters.refusedFrames++;
                cutters[0].lost(channel, StagedFrames.sequence(frames.buffer(), message));
                return false;
            }
        }
        return true;
    }

    private void cut(Channel channel) {
        if (hold().fits(frameBytesMax)) {
            settle(channel, cutters[0].cut(channel, tick));
        } else {
            counters.refusedFrames++;
            channels.makeUrgent(channel);
        }
    }

    /** Leaves a channel that was cut on the lists that its state calls for. */
    private void settle(Channel channel, boolean complete) {
        if (!complete || channel.keyframeWanted) {
            channels.makeUrgent(channel);
        }
        channel.hides &= !complete;
        if (channel.firstActive == Seats.NONE && channel.scheduled) {
            channels.due[channel.tier].unschedule(channel);
        }
    }

    private Channel at(int index) {
        Channel channel = batch[index];
        if (channel == null) {
            throw new IllegalStateException("channel " + index + " of " + count + " is missing");
        }
        return channel;
    }

    private FrameHold hold() {
        FrameHold hold = out;
        if (hold == null) {
            throw new IllegalStateException("frames are cut before a tick began");
        }
        return hold;
    }
}
