package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client: events in order, and frames of far channels, of which the latest per
 * channel count. It never holds more than its bounds. Where frames don't fit, those of farther
 * tiers go first, then those of the new frame's own channel with it; a channel that lost a frame
 * stays out until its next keyframe. Agent thread.
 */
final class Outbox {
    /** No channel has this id. */
    private static final long NO_CHANNEL = 1L << 59;

    /** Frames that are looked through one by one without a thought. */
    private static final int LONG = 16;

    private final GatewayConfig.Queues bounds;
    private @Nullable ArrayDeque<ByteBuf> texts;
    private @Nullable ArrayDeque<Waiting> frames;

    /**
     * Channels of which frames wait, or have waited since the queue became long; null until then.
     * Who comes is sent hundreds of channels, of none of which anything waits yet.
     */
    private @Nullable LongHashSet channels;

    private int textBytes;
    private int frameBytes;
    private boolean closed;

    /** Tier -1 is what the client must hear: that a channel comes no more. */
    private record Waiting(long channelId, int tier, ByteBuf buffer) {}

    Outbox(GatewayConfig.Queues bounds) {
        this.bounds = bounds;
    }

    /** Adds an event, and takes over the reference. False when it doesn't fit. */
    boolean addText(ByteBuf buffer) {
        if (closed || textBytes + buffer.readableBytes() > bounds.textBytesMax()) {
            buffer.release();
            return false;
        }
        ArrayDeque<ByteBuf> queue = texts;
        if (queue == null) {
            queue = new ArrayDeque<>(1);
            texts = queue;
        }
        textBytes += buffer.readableBytes();
        queue.add(buffer);
        return true;
    }

    boolean hasTexts() {
        return textBytes > 0;
    }

    /** Moves all events to a list, with their references; drops the queue: events are rare. */
    void takeTexts(List<ByteBuf> to) {
        if (texts != null) {
            to.addAll(texts);
            texts = null;
            textBytes = 0;
        }
    }

    /**
     * Adds a bundle's entry with a frame and takes over the reference. Channels that lost a frame
     * are marked as starved, this one too where it found no room.
     *
     * @return true when the frame waits now
     */
    boolean addFrame(
            long channelId, int tier, boolean keyframe, ByteBuf buffer, FarChannels states) {
        if (closed) {
            buffer.release();
            return false;
        }
        if (keyframe) {
            removeFrames(channelId);
        }
        int length = buffer.readableBytes();
        for (int farthest = 3; farthest > tier && !hasRoom(length); farthest--) {
            removeTier(farthest, states);
        }
        if (!hasRoom(length)) {
            removeFrames(channelId);
            states.put(channelId, FarChannels.STARVED);
            buffer.release();
            return false;
        }
        add(new Waiting(channelId, tier, buffer));
        return true;
    }

    /** Drops the frames of a channel, and says that it comes no more; takes over the reference. */
    void forget(long channelId, @Nullable ByteBuf entry) {
        removeFrames(channelId);
        if (entry != null) {
            if (closed) {
                entry.release();
            } else {
                add(new Waiting(channelId, -1, entry));
            }
        }
    }

    /**
     * True when a message of this length fits, and nothing of two channels waits: it can't be
     * dropped any more.
     */
    boolean hasRoomFor(long from, long to, int length) {
        if (closed || !hasRoom(length)) {
            return false;
        }
        if (frames != null) {
            for (Waiting waiting : frames) {
                if (waiting.channelId() == from || waiting.channelId() == to) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Adds what {@link #hasRoomFor} found room for; takes over the reference. */
    void addRecut(ByteBuf entry) {
        add(new Waiting(NO_CHANNEL, -1, entry));
    }

    /** Drops the frames of a channel, of which the client is to have a keyframe again. */
    void starve(long channelId, FarChannels states) {
        removeFrames(channelId);
        states.put(channelId, FarChannels.STARVED);
    }

    private void add(Waiting waiting) {
        ArrayDeque<Waiting> queue = frames;
        if (queue == null) {
            queue = new ArrayDeque<>(2);
            frames = queue;
        }
        frameBytes += waiting.buffer().readableBytes();
        queue.add(waiting);
        if (channels != null) {
            channels.add(waiting.channelId());
        } else if (queue.size() == LONG) {
            LongHashSet all = new LongHashSet(4 * LONG);
            queue.forEach(each -> all.add(each.channelId()));
            channels = all;
        }
    }

    /** Bytes of the next entry, 0 when there is none. */
    int nextBytes() {
        Waiting next = frames == null ? null : frames.peek();
        return next == null ? 0 : next.buffer().readableBytes();
    }

    /** The next entry; the caller owns its reference. */
    ByteBuf takeFrame() {
        ArrayDeque<Waiting> queue = frames;
        Waiting next = queue == null ? null : queue.poll();
        if (queue == null || next == null) {
            throw new IllegalStateException("no frame waits");
        }
        if (queue.isEmpty()) {
            frames = null;
            channels = null;
        }
        frameBytes -= next.buffer().readableBytes();
        return next.buffer();
    }

    /** True when at most half of each bound is used: time to ask for what was dropped. */
    boolean isRelaxed() {
        return 2 * frameBytes <= bounds.frameBytesMax()
                && (frames == null || 2 * frames.size() <= bounds.framesMax());
    }

    int bytes() {
        return textBytes + frameBytes;
    }

    /** Releases all that waits and takes no more. */
    void close() {
        closed = true;
        drop();
    }

    /** Releases all that waits. */
    void drop() {
        if (texts != null) {
            texts.forEach(ByteBuf::release);
        }
        texts = null;
        textBytes = 0;
        dropFrames();
    }

    /** Releases the frames that wait. */
    void dropFrames() {
        if (frames != null) {
            frames.forEach(waiting -> waiting.buffer().release());
        }
        frames = null;
        channels = null;
        frameBytes = 0;
    }

    /** Takes again, after {@link #close}. */
    void open() {
        closed = false;
    }

    private boolean hasRoom(int length) {
        return frames == null
                || frames.isEmpty()
                || (frameBytes + length <= bounds.frameBytesMax()
                        && frames.size() < bounds.framesMax());
    }

    private void removeFrames(long channelId) {
        if (frames == null || (channels != null && !channels.remove(channelId))) {
            return;
        }
        for (Iterator<Waiting> all = frames.iterator(); all.hasNext(); ) {
            Waiting waiting = all.next();
            if (waiting.channelId() == channelId && waiting.tier() >= 0) {
                all.remove();
                drop(waiting);
            }
        }
    }

    private void removeTier(int tier, FarChannels states) {
        if (frames == null) {
            return;
        }
        for (Iterator<Waiting> all = frames.iterator(); all.hasNext(); ) {
            Waiting waiting = all.next();
            if (waiting.tier() == tier) {
                all.remove();
                states.put(waiting.channelId(), FarChannels.STARVED);
                drop(waiting);
            }
        }
    }

    private void drop(Waiting waiting) {
        frameBytes -= waiting.buffer().readableBytes();
        waiting.buffer().release();
    }
}
