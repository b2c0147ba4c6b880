package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries of far channels that wait for one client, in order. What is dropped from its middle
 * leaves an empty place until it comes to the front, or empty places are the most; and in a long
 * queue the entries of a channel are found without looking at others, for all who lag behind lose
 * what the next keyframe of each of their hundreds of channels makes old. Agent thread.
 */
final class FrameQueue {
    /** Of no tier: what the client must hear, as that a channel comes no more. */
    static final int STAYS = -1;

    /** Entries that are looked through one by one without a thought. */
    private static final int LONG = 16;

    private static final int TIERS = 4;

    private final ArrayDeque<Waiting> queue = new ArrayDeque<>(2);

    /** By channel its last entry, whose next is its first; null until the queue is long. */
    private @Nullable Long2ObjectHashMap<Waiting> lasts;

    private final int[] ofTier = new int[TIERS];
    private int count;
    private int bytes;

    private static final class Waiting {
        final long channelId;
        final int tier;

        /** Null once it is dropped. */
        @Nullable ByteBuf buffer;

        /** The next of its channel; behind the last comes the first. */
        Waiting next = this;

        Waiting(long channelId, int tier, ByteBuf buffer) {
            this.channelId = channelId;
            this.tier = tier;
            this.buffer = buffer;
        }
    }

    int count() {
        return count;
    }

    int bytes() {
        return bytes;
    }

    /** Takes over the reference. */
    void add(long channelId, int tier, ByteBuf buffer) {
        Waiting waiting = new Waiting(channelId, tier, buffer);
        queue.add(waiting);
        count++;
        bytes += buffer.readableBytes();
        if (tier != STAYS) {
            ofTier[tier]++;
        }
        if (lasts != null) {
            link(lasts, waiting);
        } else if (count == LONG) {
            Long2ObjectHashMap<Waiting> all = new Long2ObjectHashMap<>();
            for (Waiting each : queue) {
                if (each.buffer != null) {
                    link(all, each);
                }
            }
            lasts = all;
        }
    }

    /** Bytes of the next entry, 0 when there is none. */
    int nextBytes() {
        Waiting next = queue.peek();
        return next == null || next.buffer == null ? 0 : next.buffer.readableBytes();
    }

    /** The next entry, or null; the caller owns its reference. */
    @Nullable ByteBuf take() {
        Waiting next = queue.poll();
        if (next == null || next.buffer == null) {
            return null;
        }
        ByteBuf buffer = next.buffer;
        if (lasts != null) {
            unlinkFirst(lasts, next);
        }
        forget(next, buffer);
        skipDropped();
        return buffer;
    }

    /** True when anything of a channel waits. */
    boolean holds(long channelId) {
        if (lasts != null) {
            return lasts.containsKey(channelId);
        }
        for (Waiting each : queue) {
            if (each.channelId == channelId && each.buffer != null) {
                return true;
            }
        }
        return false;
    }

    /** Releases the frames of a channel. */
    void remove(long channelId) {
        drop(channelId);
        tidy();
    }

    /** Releases the frames of a tier, and names the channel of each. */
    void removeTier(int tier, LongConsumer channels) {
        if (ofTier[tier] == 0) {
            return;
        }
        for (Waiting each : queue) {
            if (each.tier == tier && each.buffer != null) {
                drop(each.channelId);
                channels.accept(each.channelId);
            }
        }
        tidy();
    }

    private void drop(long channelId) {
        if (lasts == null) {
            for (Waiting each : queue) {
                if (each.channelId == channelId) {
                    release(each);
                }
            }
            return;
        }
        Waiting last = lasts.remove(channelId);
        Waiting each = last == null ? null : last.next;
        while (each != null) {
            Waiting next = each == last ? null : each.next;
            each.next = each;
            if (!release(each)) {
                link(lasts, each);
            }
            each = next;
        }
    }

    /** Releases all. */
    void clear() {
        for (Waiting each : queue) {
            if (each.buffer != null) {
                each.buffer.release();
            }
        }
    }

    private static void link(Long2ObjectHashMap<Waiting> lasts, Waiting waiting) {
        Waiting last = lasts.put(waiting.channelId, waiting);
        if (last != null) {
            waiting.next = last.next;
            last.next = waiting;
        }
    }

    /** Of its channel it is the first. */
    private static void unlinkFirst(Long2ObjectHashMap<Waiting> lasts, Waiting first) {
        Waiting last = lasts.get(first.channelId);
        if (last == first) {
            lasts.remove(first.channelId);
        } else if (last != null) {
            last.next = first.next;
        }
    }

    /** False for what stays. */
    private boolean release(Waiting waiting) {
        ByteBuf buffer = waiting.buffer;
        if (waiting.tier == STAYS) {
            return false;
        }
        if (buffer != null) {
            forget(waiting, buffer);
            buffer.release();
        }
        return true;
    }

    private void forget(Waiting waiting, ByteBuf buffer) {
        count--;
        bytes -= buffer.readableBytes();
        if (waiting.tier != STAYS) {
            ofTier[waiting.tier]--;
        }
        waiting.buffer = null;
    }

    private void skipDropped() {
        for (Waiting next = queue.peek();
                next != null && next.buffer == null;
                next = queue.peek()) {
            queue.poll();
        }
    }

    private void tidy() {
        if (queue.size() > 2 * count + LONG) {
            queue.removeIf(each -> each.buffer == null);
        } else {
            skipDropped();
        }
    }
}
