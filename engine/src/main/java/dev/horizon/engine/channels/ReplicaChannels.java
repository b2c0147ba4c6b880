package dev.horizon.engine.channels;

import dev.horizon.engine.plugin.HorizonException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/** The channels that a receiver holds, and which it listens to. */
final class ReplicaChannels {
    private final @Nullable LongHashSet watched;
    private final int most;
    private final Long2ObjectHashMap<ReplicaChannel> byId = new Long2ObjectHashMap<>();

    /** Channels held of cells that are parts of others. */
    private int parts;

    /** Of a receiver that listens to some, or to all that it hears where there is no set. */
    ReplicaChannels(@Nullable LongHashSet watched, int most) {
        this.watched = watched;
        this.most = most;
    }

    int count() {
        return byId.size();
    }

    void watch(long channelId) {
        if (watched != null) {
            watched.add(channelId);
        }
    }

    /** True for a receiver that is told what to listen to. */
    boolean isChoosy() {
        return watched != null;
    }

    boolean isWatched(long channelId) {
        return watched == null
                || watched.contains(ChannelId.base(channelId))
                || watched.contains(ChannelId.wholeOf(channelId));
    }

    @Nullable ReplicaChannel find(long channelId) {
        return byId.get(channelId);
    }

    ReplicaChannel obtain(long channelId) {
        ReplicaChannel channel = byId.get(channelId);
        if (channel == null) {
            if (byId.size() >= most) {
                throw tooMuch(most + " channels");
            }
            channel = new ReplicaChannel(channelId);
            byId.put(channelId, channel);
            parts += ChannelId.level(channelId) > 0 ? 1 : 0;
        }
        return channel;
    }

    /**
     * Takes out a channel with the parts of its cell, or all of a whole tier, but what is watched.
     */
    List<ReplicaChannel> forget(long channelId) {
        if (watched != null) {
            watched.remove(channelId);
        }
        List<ReplicaChannel> dropped = new ArrayList<>();
        if (!ChannelId.isWhole(channelId) && parts == 0) {
            ReplicaChannel channel = byId.get(channelId);
            if (channel != null && mayDrop(channel)) {
                dropped.add(channel);
            }
        } else {
            for (ReplicaChannel channel : byId.values()) {
                boolean covered =
                        ChannelId.wholeOf(channel.id) == channelId
                                || ChannelId.covers(channelId, channel.id);
                if (covered && mayDrop(channel)) {
                    dropped.add(channel);
                }
            }
        }
        for (ReplicaChannel channel : dropped) {
            byId.remove(channel.id);
            parts -= ChannelId.level(channel.id) > 0 ? 1 : 0;
        }
        return dropped;
    }

    private boolean mayDrop(ReplicaChannel channel) {
        return watched == null || !isWatched(channel.id);
    }

    static HorizonException tooMuch(String bound) {
        return new HorizonException(
                FrameCheck.TOO_MUCH,
                "replication message refused: the view holds its bound of "
                        + bound
                        + "; subscribe to fewer channels");
    }
}
