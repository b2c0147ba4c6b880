package dev.horizon.engine.channels;

import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The channels that exist, by id and in a packed list; closed ones are kept for the next ids. */
final class ChannelTable {
    private static final int POOL_MIN = 256;

    private final Long2ObjectHashMap<Channel> byId = new Long2ObjectHashMap<>();
    private Channel[] all = new Channel[POOL_MIN];
    private int count;
    private Channel[] pool = new Channel[POOL_MIN];
    private int pooled;
    private int made;
    private boolean wasFilled;

    /** Found last: what is asked for is often asked for again at once. */
    private @Nullable Channel found;

    int count() {
        return count;
    }

    Channel at(int index) {
        return all[index];
    }

    @Nullable Channel find(long channelId) {
        Channel last = found;
        if (last == null || last.id != channelId) {
            last = byId.get(channelId);
            found = last;
        }
        return last;
    }

    Channel open(long channelId, float edge, double margin) {
        if (pooled == 0) {
            fillPool();
        }
        Channel channel = pool[--pooled];
        channel.open(channelId, edge, margin);
        byId.put(channelId, channel);
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        channel.index = count;
        all[count++] = channel;
        return channel;
    }

    void close(Channel channel) {
        byId.remove(channel.id);
        found = null;
        channel.part();
        Channel last = all[--count];
        all[channel.index] = last;
        last.index = channel.index;
        pool[pooled++] = channel;
    }

    /** Fills the pool again in a tick that had to fill it anyway: see {@link Seats}. */
    void keepHeadroom() {
        if (wasFilled) {
            fillPool();
            wasFilled = false;
        }
    }

    /**
     * Makes many at once, so that ticks in which entities find new cells seldom allocate, and room
     * for all to come back.
     */
    private void fillPool() {
        wasFilled = true;
        int more = Math.max(POOL_MIN, count / 2);
        made += Math.max(0, more - pooled);
        if (made > pool.length) {
            pool = Arrays.copyOf(pool, made);
        }
        while (pooled < more) {
            pool[pooled++] = new Channel();
        }
    }
}
