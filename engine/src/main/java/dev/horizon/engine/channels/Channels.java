package dev.horizon.engine.channels;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All channels, who is in them, and which of them have to be looked at. Keeps the lists that run
 * through members, seats and channels; knows neither columns nor frames.
 */
final class Channels {
    /**
     * Seconds that a channel which only whole-tier subscribers watch goes on beaconing when it is
     * empty, so that a receiver which lost its last frame finds out.
     */
    static final int EMPTY_LINGER_SECONDS = 10;

    /** Slots of a channel: what 16 bits name. */
    static final int SLOTS_MAX = 1 << 16;

    /**
     * More than a channel sends in a tick, keyframes apart: the numbers of a new life begin here.
     */
    private static final int SEQUENCES_PER_TICK = 16;

    /** A tick looks at one part in this many of the channels for empty ones. */
    private static final int SWEEP_PARTS = 64;

    private static final SizeClass[] SIZE_CLASSES = SizeClass.values();
    private static final Tier[] TIERS = Tier.values();

    final Members members;
    final Seats seats;
    final DueTimes[] due = new DueTimes[TIERS.length];

    private final float[] edges = new float[SIZE_CLASSES.length * TIERS.length];
    private final int[] wholeWatchers = new int[SIZE_CLASSES.length * TIERS.length];
    private final ChannelTable table = new ChannelTable();
    private final StreamChannels[][] streams;
    private final int lingerTicks;
    private final int[] liveByTier = new int[Tier.values().length];
    private int sweepAt;
    private @Nullable Channel firstUrgent;
    private long slotOverflows;
    private long tick;

    Channels(ChannelConfig config, int tickHz, Members members, Seats seats) {
        this.members = members;
        this.seats = seats;
        this.lingerTicks = EMPTY_LINGER_SECONDS * tickHz;
        this.streams = new StreamChannels[TIERS.length][config.streamsPerTier()];
        for (StreamChannels[] ofTier : streams) {
            Arrays.setAll(ofTier, index -> new StreamChannels());
        }
        for (Tier tier : TIERS) {
            due[tier.ordinal()] = new DueTimes(config.tier(tier).rateHz(), tickHz);
            for (SizeClass sizeClass : SIZE_CLASSES) {
                edges[grid(sizeClass.ordinal(), tier.ordinal())] =
                        config.edgeMetres(sizeClass, tier);
            }
        }
    }

    private static int grid(int sizeClass, int tier) {
        return sizeClass * 4 + tier;
    }

    float edge(int sizeClass, int tier) {
        return edges[grid(sizeClass, tier)];
    }

    void tick(long now) {
        tick = now;
    }

    int count() {
        return table.count();
    }

    int live(Tier tier) {
        return liveByTier[tier.ordinal()];
    }

    long slotOverflows() {
        return slotOverflows;
    }

    @Nullable Channel find(long channelId) {
        return table.find(channelId);
    }

    /** The channel, made where there is none. */
    Channel obtain(long channelId) {
        Channel channel = table.find(channelId);
        if (channel == null) {
            int sizeClass = ChannelId.sizeClass(channelId).ordinal();
            int tier = ChannelId.tier(channelId).ordinal();
            channel = table.open(channelId, edge(sizeClass, tier));
            channel.emptySinceTick = tick;
        }
        return channel;
    }

    // --- subscriptions ---

    void watch(long channelId) {
        Channel channel = obtain(channelId);
        channel.watchers++;
        if (channel.live) {
            wantKeyframe(channel);
        } else {
            goLive(channel);
        }
    }

    void unwatch(long channelId) {
        Channel channel = table.find(channelId);
        if (channel != null) {
            channel.watchers--;
            settle(channel);
        }
    }

    void watchWhole(long channelId) {
        int grid = grid(channelId);
        wholeWatchers[grid]++;
        for (int i = 0; i < table.count(); i++) {
            Channel channel = table.at(i);
            if (grid(channel.id) == grid && channel.roots > 0) {
                if (channel.live) {
                    wantKeyframe(channel);
                } else {
                    goLive(channel);
                }
            }
        }
    }

    void unwatchWhole(long channelId) {
        int grid = grid(channelId);
        wholeWatchers[grid]--;
        for (int i = table.count() - 1; i >= 0; i--) {
            if (grid(table.at(i).id) == grid) {
                settle(table.at(i));
            }
        }
    }

    void wantKeyframe(Channel channel) {
        channel.keyframeWanted = true;
        makeUrgent(channel);
    }

    /** Asks for keyframes of all live channels that a whole-tier id covers. */
    void wantKeyframes(long wholeId) {
        int grid = grid(wholeId);
        for (int i = 0; i < table.count(); i++) {
            if (table.at(i).live && grid(table.at(i).id) == grid) {
                wantKeyframe(table.at(i));
            }
        }
    }

    private int grid(long channelId) {
        return grid(ChannelId.sizeClass(channelId).ordinal(), ChannelId.tier(channelId).ordinal());
    }

    private boolean isWatched(Channel channel) {
        return channel.watchers > 0 || wholeWatchers[grid(channel.sizeClass, channel.tier)] > 0;
    }

    /** Lets a channel go that is of no use any more. */
    private void settle(Channel channel) {
        if (channel.live && !isWatched(channel)) {
            goQuiet(channel);
        }
        if (channel.roots > 0 || channel.watchers > 0) {
            return;
        }
        if (channel.live && tick - channel.emptySinceTick < lingerTicks) {
            return;
        }
        if (channel.live) {
            goQuiet(channel);
        }
        if (!channel.urgent) {
            table.close(channel);
        }
    }

    /** Closes some of the channels that were empty for long. */
    void sweep() {
        for (int steps = table.count() / SWEEP_PARTS + 1; steps > 0 && table.count() > 0; steps--) {
            sweepAt = sweepAt >= table.count() - 1 ? 0 : sweepAt + 1;
            Channel channel = table.at(sweepAt);
            if (channel.roots == 0 && channel.watchers == 0) {
                settle(channel);
            }
        }
    }

    // --- live and quiet ---

    private void goLive(Channel channel) {
        channel.live = true;
        liveByTier[channel.tier]++;
        // Numbers never go back, not even for a channel that was closed and made anew: receivers
        // would take its frames for old ones.
        int base = (int) (tick * SEQUENCES_PER_TICK);
        channel.sequence = Math.max(0, base - channel.sequence - 1) + channel.sequence + 1;
        channel.releasedSequence = channel.sequence;
        StreamChannels[] ofTier = streams[channel.tier];
        ofTier[ChannelId.stream(channel.id, ofTier.length)].add(channel);
        for (int root = channel.firstRoot; root != Members.NONE; ) {
            seatWithRiders(root, channel);
            root = members.nextRoot[root * Members.TIERS + channel.tier];
        }
        wantKeyframe(channel);
    }

    private void goQuiet(Channel channel) {
        channel.live = false;
        liveByTier[channel.tier]--;
        channel.keyframeWanted = false;
        if (channel.scheduled) {
            due[channel.tier].unschedule(channel);
        }
        StreamChannels stream = channel.stream;
        if (stream != null) {
            stream.remove(channel);
        }
        releaseAll(channel.firstSeat, channel.tier);
        releaseAll(channel.firstFree, channel.tier);
        channel.firstSeat = Seats.NONE;
        channel.firstFree = Seats.NONE;
        channel.firstActive = Seats.NONE;
        channel.slots = 0;
    }

    private void releaseAll(int first, int tier) {
        for (int seat = first; seat != Seats.NONE; ) {
            int next = seats.next(seat);
            int member = seats.member(seat);
            if (member != Members.NONE) {
                members.seat[member * Members.TIERS + tier] = Seats.NONE;
                members.armed[member] &= (byte) ~(1 << tier);
            }
            seats.release(seat);
            seat = next;
        }
    }

    StreamChannels stream(int tier, int stream) {
        return streams[tier][stream];
    }

    // --- membership ---

    void enter(int root, int tier, Channel channel) {
        int at = root * Members.TIERS + tier;
        members.channel[at] = channel;
        int first = channel.firstRoot;
        members.nextRoot[at] = first;
        members.previousRoot[at] = Members.NONE;
        if (first != Members.NONE) {
            members.previousRoot[first * Members.TIERS + tier] = root;
        }
        channel.firstRoot = root;
        channel.roots++;
        if (channel.live) {
            seatWithRiders(root, channel);
        } else if (isWatched(channel)) {
            goLive(channel);
        }
    }

    void leave(int root, int tier, boolean gone) {
        int at = root * Members.TIERS + tier;
        Channel channel = members.channel[at];
        if (channel == null) {
            return;
        }
        members.channel[at] = null;
        int before = members.previousRoot[at];
        int after = members.nextRoot[at];
        if (before == Members.NONE) {
            channel.firstRoot = after;
        } else {
            members.nextRoot[before * Members.TIERS + tier] = after;
        }
        if (after != Members.NONE) {
            members.previousRoot[after * Members.TIERS + tier] = before;
        }
        channel.roots--;
        if (channel.live) {
            depart(root, channel, gone);
            for (int rider = members.firstRider[root]; rider != Members.NONE; ) {
                depart(rider, channel, gone);
                rider = members.nextRider[rider];
            }
        }
        if (channel.roots == 0) {
            channel.emptySinceTick = tick;
            settle(channel);
        }
    }

    private void seatWithRiders(int root, Channel channel) {
        seat(root, channel);
        for (int rider = members.firstRider[root]; rider != Members.NONE; ) {
            seat(rider, channel);
            rider = members.nextRider[rider];
        }
    }

    /** Gives a member a slot in a live channel, where it is published at that tier. */
    void seat(int member, Channel channel) {
        if ((members.tiers[member] & (1 << channel.tier)) == 0) {
            return;
        }
        int seat = channel.firstFree;
        if (seat != Seats.NONE) {
            channel.firstFree = seats.next(seat);
            seats.generation(seat, seats.generation(seat) + 1);
        } else if (channel.slots < SLOTS_MAX) {
            seat = seats.allocate();
            seats.slot(seat, channel.slots++);
            seats.generation(seat, 0);
        } else {
            slotOverflows++;
            return;
        }
        seats.member(seat, member);
        seats.state(seat, Seats.NEW);
        seats.flags(seat, 0);
        seats.frameSequence(seat, channel.releasedSequence);
        seats.enteredSequence(seat, channel.releasedSequence);
        int first = channel.firstSeat;
        seats.next(seat, first);
        seats.previous(seat, Seats.NONE);
        if (first != Seats.NONE) {
            seats.previous(first, seat);
        }
        channel.firstSeat = seat;
        members.seat[member * Members.TIERS + channel.tier] = seat;
        activate(seat, channel);
    }

    /** Takes a member's slot in a live channel away; receivers are told in time. */
    void depart(int member, Channel channel, boolean gone) {
        int at = member * Members.TIERS + channel.tier;
        int seat = members.seat[at];
        if (seat == Seats.NONE) {
            return;
        }
        members.seat[at] = Seats.NONE;
        members.armed[member] &= (byte) ~(1 << channel.tier);
        seats.member(seat, Members.NONE);
        if (seats.state(seat) == Seats.NEW) {
            // Never announced: nothing to tell, it frees itself when looked at.
            seats.state(seat, Seats.LEFT);
            seats.frameSequence(seat, channel.releasedSequence);
        } else {
            seats.state(seat, Seats.LEAVING);
        }
        seats.leftTick(seat, (int) tick);
        if (gone) {
            seats.set(seat, Seats.GONE);
        }
        activate(seat, channel);
    }

    /** Frees a seat whose leaving is known to receivers; it must not be in the active list. */
    void recycle(int seat, Channel channel) {
        int before = seats.previous(seat);
        int after = seats.next(seat);
        if (before == Seats.NONE) {
            channel.firstSeat = after;
        } else {
            seats.next(before, after);
        }
        if (after != Seats.NONE) {
            seats.previous(after, before);
        }
        seats.state(seat, Seats.FREE);
        seats.flags(seat, 0);
        seats.next(seat, channel.firstFree);
        channel.firstFree = seat;
    }

    // --- what to look at ---

    /** Puts the seats of a member that changed on their channels' lists. */
    void touch(int member, int tierBits) {
        int bits = members.armed[member] & tierBits;
        while (bits != 0) {
            int tier = Integer.numberOfTrailingZeros(bits);
            bits &= bits - 1;
            int root = members.root[member];
            Channel channel = members.channel[root * Members.TIERS + tier];
            if (channel != null) {
                activate(members.seat[member * Members.TIERS + tier], channel);
            }
        }
    }

    void activate(int seat, Channel channel) {
        if (seats.is(seat, Seats.ACTIVE)) {
            return;
        }
        seats.set(seat, Seats.ACTIVE);
        seats.nextActive(seat, channel.firstActive);
        channel.firstActive = seat;
        int member = seats.member(seat);
        if (member != Members.NONE) {
            members.armed[member] &= (byte) ~(1 << channel.tier);
        }
        if (!channel.scheduled) {
            due[channel.tier].schedule(channel);
        }
    }

    /** The opposite of {@link #activate}; the caller unlinks it. */
    void deactivate(int seat, Channel channel) {
        seats.unset(seat, Seats.ACTIVE);
        int member = seats.member(seat);
        if (member != Members.NONE) {
            members.armed[member] |= (byte) (1 << channel.tier);
        }
    }

    void makeUrgent(Channel channel) {
        if (!channel.urgent) {
            channel.urgent = true;
            channel.nextUrgent = firstUrgent;
            firstUrgent = channel;
        }
    }

    /** Takes the whole list of urgent channels; each is no longer marked once it is visited. */
    @Nullable Channel takeUrgent() {
        Channel first = firstUrgent;
        firstUrgent = null;
        return first;
    }
}
