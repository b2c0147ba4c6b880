package dev.horizon.engine.channels;

import java.util.ArrayList;
import java.util.List;

/**
 * The channels that send most, found by the sweep that visits a part of all channels per tick: so
 * that knowing them costs the frames nothing. The tick thread writes; any thread reads.
 */
final class BusyChannels {
    /** Channels that are told of: what a person looks at. */
    static final int COUNT_MAX = 64;

    /** Times that a reader tries to read what isn't being replaced. */
    private static final int TRIES_MAX = 100;

    private final int tickHz;
    private Ranking filling = new Ranking();
    private Ranking shown = new Ranking();
    private int turns;

    /** Odd while the two change places. */
    private volatile int version;

    BusyChannels(int tickHz) {
        this.tickHz = tickHz;
    }

    /** Looks at a channel, once per pass over all. */
    void visit(Channel channel, int subscribers, long tick) {
        double seconds = (double) (tick - channel.seenTick) / tickHz;
        if (channel.live && seconds > 0) {
            filling.add(
                    channel,
                    subscribers,
                    (channel.rows - channel.seenRows) / seconds,
                    (channel.bytes - channel.seenBytes) / seconds);
        }
        channel.seenTick = tick;
        channel.seenRows = channel.rows;
        channel.seenBytes = channel.bytes;
    }

    /** A pass is over: what it found is shown until the end of the next. */
    void turn() {
        Ranking found = filling;
        version = ++turns;
        filling = shown;
        shown = found;
        version = ++turns;
        filling.count = 0;
    }

    /** The busiest first; empty in the rare case that the tick thread was always at it. */
    List<ChannelStatistics> read() {
        for (int i = 0; i < TRIES_MAX; i++) {
            int before = version;
            List<ChannelStatistics> copy = shown.copy();
            if ((before & 1) == 0 && version == before) {
                return copy;
            }
        }
        return List.of();
    }

    /** The busiest so far, in falling order. */
    private static final class Ranking {
        private final long[] ids = new long[COUNT_MAX];
        private final int[] members = new int[COUNT_MAX];
        private final int[] subscribers = new int[COUNT_MAX];
        private final double[] rows = new double[COUNT_MAX];
        private final double[] bytes = new double[COUNT_MAX];
        private int count;

        void add(Channel channel, int watchers, double rowsPerSecond, double bytesPerSecond) {
            if (count == COUNT_MAX && bytesPerSecond <= bytes[count - 1]) {
                return;
            }
            int at = count < COUNT_MAX ? count++ : count - 1;
            for (; at > 0 && bytes[at - 1] < bytesPerSecond; at--) {
                ids[at] = ids[at - 1];
                members[at] = members[at - 1];
                subscribers[at] = subscribers[at - 1];
                rows[at] = rows[at - 1];
                bytes[at] = bytes[at - 1];
            }
            ids[at] = channel.id;
            members[at] = channel.roots;
            subscribers[at] = watchers;
            rows[at] = rowsPerSecond;
            bytes[at] = bytesPerSecond;
        }

        List<ChannelStatistics> copy() {
            List<ChannelStatistics> copy = new ArrayList<>(COUNT_MAX);
            for (int i = 0; i < Math.min(count, COUNT_MAX); i++) {
                copy.add(
                        new ChannelStatistics(
                                ids[i], members[i], subscribers[i], rows[i], bytes[i]));
            }
            return copy;
        }
    }
}
