package dev.horizon.engine.channels;

import dev.horizon.engine.world.SizeClass;
import dev.horizon.engine.world.Tier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All channels, which members are in them, and which of them are watched, live or urgent. Keeps the
 * lists that run through members and channels; knows neither columns nor frames.
 */
final class Channels {
    /**
     * Seconds that a channel which only whole-tier subscribers watch goes on beaconing when it is
     * empty, so that a receiver which lost its last frame finds out.
     */
    static final int EMPTY_LINGER_SECONDS = 10;

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
    final Seating seating;
    final DueTimes[] due = new DueTimes[TIERS.length];
    final Coasters[] coasters = new Coasters[TIERS.length];

    final BusyChannels busy;

    /** Which cells there are. */
    final CellTree cells;

    private final int[] wholeWatchers = new int[SIZE_CLASSES.length * TIERS.length];
    private final ChannelTable table = new ChannelTable();
    private final StreamChannels[][] streams;
    private final int lingerTicks;
    private final int[] liveByTier = new int[Tier.values().length];
    private int sweepAt;
    private @Nullable Channel firstUrgent;
    private long tick;

    Channels(ChannelConfig config, int tickHz, Members members, Seats seats) {
        this.members = members;
        this.seats = seats;
        this.seating = new Seating(members, seats, due, coasters);
        this.busy = new BusyChannels(tickHz);
        this.cells = new CellTree(config, table, due);
        this.lingerTicks = EMPTY_LINGER_SECONDS * tickHz;
        this.streams = new StreamChannels[TIERS.length][config.streamsPerTier()];
        for (StreamChannels[] ofTier : streams) {
            Arrays.setAll(ofTier, index -> new StreamChannels());
        }
        for (Tier tier : TIERS) {
            due[tier.ordinal()] = new DueTimes(config.tier(tier).rateHz(), tickHz);
            coasters[tier.ordinal()] = new Coasters(due[tier.ordinal()].period());
        }
    }

    private static int grid(int sizeClass, int tier) {
        return sizeClass * 4 + tier;
    }

    void tick(long now) {
        tick = now;
        cells.tick(now);
        seating.tick(now);
    }

    /** The tick that is published. */
    long tick() {
        return tick;
    }

    /** Lets a tick in which many came make room for those that come later. */
    void keepHeadroom() {
        table.keepHeadroom();
        seats.keepHeadroom();
        members.tracks.keepHeadroom();
    }

    int count() {
        return table.count();
    }

    Channel at(int index) {
        return table.at(index);
    }

    int live(Tier tier) {
        return liveByTier[tier.ordinal()];
    }

    @Nullable Channel find(long channelId) {
        return table.find(channelId);
    }

    // --- subscriptions ---

    void watch(long channelId) {
        Channel channel = cells.obtain(channelId);
        channel.watchers++;
        heed(channel);
    }

    private void heed(Channel channel) {
        if (channel.live) {
            wantKeyframe(channel);
        } else if (channel.roots > 0 || channel.watchers > 0) {
            goLive(channel);
        }
        for (Channel part = channel.firstPart; part != null; part = part.nextPart) {
            heed(part);
        }
    }

    void unwatch(long channelId) {
        Channel channel = table.find(channelId);
        if (channel != null) {
            channel.watchers--;
            settleAll(channel);
        }
    }

    private void settleAll(Channel channel) {
        Channel part = channel.firstPart;
        while (part != null) {
            Channel next = part.nextPart;
            settleAll(part);
            part = next;
        }
        settle(channel);
    }

    void watchWhole(long channelId) {
        int grid = grid(channelId);
        wholeWatchers[grid]++;
        for (int i = 0; i < table.count(); i++) {
            Channel channel = table.at(i);
            if (isIn(channel, grid) && channel.roots > 0) {
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
            if (isIn(table.at(i), grid)) {
                settle(table.at(i));
            }
        }
    }

    void wantKeyframe(Channel channel) {
        channel.keyframeWanted = true;
        makeUrgent(channel);
    }

    /**
     * Asks for keyframes of a watched cell and its parts, as far as they are live. One that was let
     * go meanwhile is live again for a while: who asks must learn that nothing is there.
     */
    void wantKeyframesOf(long channelId) {
        Channel channel = table.find(channelId);
        if (channel == null) {
            channel = cells.obtain(channelId);
            goLive(channel);
        } else {
            wantKeyframesOf(channel);
        }
    }

    private void wantKeyframesOf(Channel channel) {
        if (channel.live) {
            wantKeyframe(channel);
        }
        for (Channel part = channel.firstPart; part != null; part = part.nextPart) {
            wantKeyframesOf(part);
        }
    }

    /** Asks for keyframes of all live channels that a whole-tier id covers. */
    void wantKeyframes(long wholeId) {
        int grid = grid(wholeId);
        for (int i = 0; i < table.count(); i++) {
            if (table.at(i).live && isIn(table.at(i), grid)) {
                wantKeyframe(table.at(i));
            }
        }
    }

    /** What an audience alone may see is in no whole tier. */
    private static boolean isIn(Channel channel, int grid) {
        return channel.audience == 0 && grid(channel.sizeClass, channel.tier) == grid;
    }

    private int grid(long channelId) {
        return grid(ChannelId.sizeClass(channelId).ordinal(), ChannelId.tier(channelId).ordinal());
    }

    boolean isWatched(Channel channel) {
        return watchers(channel) > 0;
    }

    /** Gateways that watch it, by its cell or with its whole tier. */
    private int watchers(Channel channel) {
        int whole = wholeWatchers[grid(channel.sizeClass, channel.tier)];
        return channel.base.watchers + (channel.audience == 0 ? whole : 0);
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
        if (!channel.urgent && !channel.recut && !channel.split && channel.firstPart == null) {
            table.close(channel);
        }
    }

    /** Looks at some of the channels: closes those that were empty for long. */
    void sweep() {
        for (int steps = table.count() / SWEEP_PARTS + 1; steps > 0 && table.count() > 0; steps--) {
            sweepAt = sweepAt >= table.count() - 1 ? 0 : sweepAt + 1;
            if (sweepAt == 0) {
                busy.turn();
            }
            Channel channel = table.at(sweepAt);
            if (channel.rows != channel.seenRows) {
                busy.visit(channel, watchers(channel), tick);
            } else {
                channel.seenTick = tick;
            }
            if (cells.isThin(channel)) {
                cells.wantRecut(channel);
            } else if (channel.roots == 0 && channel.watchers == 0) {
                settle(channel);
            }
        }
    }

    /** Puts a root into a part of its cell, or into the cell that its own is a part of. */
    void shift(int root, Channel from, Channel to) {
        unlink(root, from);
        if (from.roots == 0) {
            from.emptySinceTick = tick;
        }
        link(root, to);
    }

    // --- live and quiet ---

    void goLive(Channel channel) {
        begin(channel);
        for (int root = channel.firstRoot; root != Members.NONE; ) {
            seating.seatWithRiders(root, channel);
            root = members.nextRoot[root * Members.TIERS + channel.tier];
        }
        wantKeyframe(channel);
    }

    /** Makes a channel live of which nothing is to be told. */
    void begin(Channel channel) {
        channel.live = true;
        liveByTier[channel.tier]++;
        // Numbers never go back, not even for a channel that was closed and made anew: receivers
        // would take its frames for old ones.
        int base = (int) (tick * SEQUENCES_PER_TICK);
        channel.sequence = Math.max(0, base - channel.sequence - 1) + channel.sequence + 1;
        channel.releasedSequence = channel.sequence;
        channel.isSummed = false;
        channel.seenTick = tick;
        channel.seenRows = channel.rows;
        channel.seenBytes = channel.bytes;
        StreamChannels[] ofTier = streams[channel.tier];
        ofTier[ChannelId.stream(channel.id, ofTier.length)].add(channel);
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
        seating.clear(channel);
    }

    StreamChannels stream(int tier, int stream) {
        return streams[tier][stream];
    }

    // --- membership ---

    void enter(int root, Channel channel) {
        link(root, channel);
        if (cells.isThick(channel)) {
            cells.wantRecut(channel);
        }
        if (channel.live) {
            seating.seatWithRiders(root, channel);
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
        unlink(root, channel);
        if (channel.live) {
            seating.departWithRiders(root, channel, gone);
        }
        if (channel.roots == 0) {
            channel.emptySinceTick = tick;
            settle(channel);
        }
    }

    private void link(int root, Channel channel) {
        int tier = channel.tier;
        int at = root * Members.TIERS + tier;
        members.channel[at] = channel;
        int first = channel.firstRoot;
        members.nextRoot[at] = first;
        members.previousRoot[at] = Members.NONE;
        if (first != Members.NONE) {
            members.previousRoot[first * Members.TIERS + tier] = root;
        }
        channel.firstRoot = root;
        cells.count(channel, 1);
    }

    private void unlink(int root, Channel channel) {
        int tier = channel.tier;
        int at = root * Members.TIERS + tier;
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
        cells.count(channel, -1);
    }

    // --- what to look at ---

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
