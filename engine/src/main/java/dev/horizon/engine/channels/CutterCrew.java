package dev.horizon.engine.channels;

import dev.horizon.engine.ports.FrameHold;
import dev.horizon.engine.schedule.Crew;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Has all threads of the tick compare and cut what is due, and hands their frames on in the order
 * of their channels: the same frames in the same order whatever the number of threads. All tiers at
 * once: threads wait for each other twice a tick. They share neither a channel nor, of one tier, a
 * member; lists that run through channels are kept by the tick thread, before and after.
 */
final class CutterCrew {
    private static final Tier[] TIERS = Tier.values();

    /** Of 64 lanes each: what is compared at all tiers before the next ones come. */
    private static final int WORDS_PER_UNIT = 4;

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
    private final int[] dueTier;
    private final int[] duePhase;
    private int dues;

    /** Words of each of the dues, one behind the other. */
    private long[] strayed = new long[0];

    private int words;

    private @Nullable Channel[] batch = new Channel[BATCH_MIN];
    private int[] cutBy = new int[BATCH_MIN];
    private int[] stagedFrom = new int[BATCH_MIN];
    private int[] stagedTo = new int[BATCH_MIN];
    private boolean[] isComplete = new boolean[BATCH_MIN];
    private int count;

    /** Channels of the batch that are cut together. */
    private int cutFrom;

    private int cutTo;

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
        int phases = 0;
        for (DueTimes due : channels.due) {
            phases += due.period();
        }
        dueTier = new int[phases];
        duePhase = new int[phases];
    }

    void begin(long now, FrameHold hold) {
        tick = now;
        out = hold;
        cutters[0].begin(now, hold);
        int lanes = channels.members.tracks.count();
        for (Coasters ofTier : channels.coasters) {
            ofTier.reserve(lanes);
        }
        words = units(lanes, Long.SIZE);
    }

    /** Tells rows of cosmetic components, those that were kept too, or keeps them for later. */
    void tellsCosmetics(boolean tells) {
        for (FrameCutter cutter : cutters) {
            cutter.tellsCosmetics(tells);
        }
        for (int i = 0; tells && i < channels.count(); i++) {
            channels.seating.activateShed(channels.at(i));
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

    /** Cuts the channels that are due, tier after tier. */
    void cutDue() {
        dues = 0;
        count = 0;
        for (int tier = 0; tier < TIERS.length; tier++) {
            int end = channels.due[tier].duePhases(tick, duePhase, dues);
            Arrays.fill(dueTier, dues, end, tier);
            dues = end;
        }
        compare();
        for (int i = 0; i < dues; i++) {
            collect(channels.due[dueTier[i]].head(duePhase[i]));
        }
        for (cutFrom = 0; cutFrom < count; cutFrom = cutTo) {
            cutTo = untilFull();
            int units = units(cutTo - cutFrom, CHANNELS_PER_UNIT);
            if (isShared(units)) {
                cutTogether(units);
            } else {
                cutTo = Math.max(cutTo, cutFrom + 1);
                for (int i = cutFrom; i < cutTo; i++) {
                    cut(at(i));
                }
            }
        }
    }

    /**
     * As many channels as are sure to fit into the hold, so that none of them would have to wait.
     */
    private int untilFull() {
        long bytes = frameBytesMax;
        for (int i = cutFrom; i < count; i++) {
            Channel channel = at(i);
            int seats = channel.keyframeWanted ? channel.slots : channel.active;
            bytes += FRAME_BYTES + (long) seats * (FRAME_BYTES + views.entityBytesMax());
            if (bytes > Integer.MAX_VALUE || !hold().fits((int) bytes)) {
                return i;
            }
        }
        return count;
    }

    private void cutTogether(int units) {
        for (int lane = 0; lane < cutters.length; lane++) {
            staged[lane].clear();
            cutters[lane].begin(tick, staged[lane]);
        }
        crew.run(units, cutting);
        cutters[0].begin(tick, hold());
        handOn();
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
        if (strayed.length < words * dueTier.length) {
            strayed = new long[(words + (words >> 1)) * dueTier.length];
        }
        int units = units(words, WORDS_PER_UNIT);
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
        for (int due = 0; due < dues; due++) {
            activate(due);
        }
    }

    private void activate(int due) {
        Members members = channels.members;
        int tier = dueTier[due];
        for (int word = 0; word < words; word++) {
            for (long bits = strayed[due * words + word]; bits != 0; bits &= bits - 1) {
                int lane = (word << 6) + Long.numberOfTrailingZeros(bits);
                int at = members.tracks.member[lane] * Members.TIERS + tier;
                Channel channel = members.channel[at];
                if (channel != null) {
                    channels.seating.activateCoasting(members.seat[at], channel);
                }
            }
        }
    }

    /** Some lanes at all tiers that are due: the truth about them is near for all but the first. */
    private void compareUnit(int unit, int worker) {
        Deviation deviation = cutters[worker].deviation;
        int[] memberOf = channels.members.tracks.member;
        int first = unit * WORDS_PER_UNIT;
        int end = Math.min(words, first + WORDS_PER_UNIT);
        for (int due = 0; due < dues; due++) {
            int tier = dueTier[due];
            long[] coasting = channels.coasters[tier].words(duePhase[due]);
            for (int word = first; word < end; word++) {
                long off = 0;
                for (long bits = coasting[word]; bits != 0; bits &= bits - 1) {
                    int lane = (word << 6) + Long.numberOfTrailingZeros(bits);
                    if (!deviation.isAsExpected(lane, memberOf[lane], tier)) {
                        off |= bits & -bits;
                    }
                }
                strayed[due * words + word] = off;
            }
        }
    }

    // --- frames ---

    private void collect(@Nullable Channel head) {
        Channel channel = head;
        while (channel != null) {
            if (count == batch.length) {
                int more = count * 2;
                batch = Arrays.copyOf(batch, more);
                cutBy = Arrays.copyOf(cutBy, more);
                stagedFrom = Arrays.copyOf(stagedFrom, more);
                stagedTo = Arrays.copyOf(stagedTo, more);
                isComplete = Arrays.copyOf(isComplete, more);
            }
            if (!channel.isChoked(tick)) {
                batch[count++] = channel;
            }
            channel = channel.nextDue;
        }
    }

    private void cutUnit(int unit, int lane) {
        int first = cutFrom + unit * CHANNELS_PER_UNIT;
        int end = Math.min(cutTo, first + CHANNELS_PER_UNIT);
        for (int i = first; i < end; i++) {
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
        for (int i = cutFrom; i < cutTo; i++) {
            Channel channel = at(i);
            settle(channel, offerStaged(channel, i) && isComplete[i]);
        }
    }

    private boolean offerStaged(Channel channel, int i) {
        StagedFrames frames = staged[cutBy[i]];
        for (int at = stagedFrom[i]; at < stagedTo[i]; at = frames.nextAt(at)) {
            int message = frames.messageAt(at);
            if (!hold().offer(
                            TIERS[channel.tier],
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
