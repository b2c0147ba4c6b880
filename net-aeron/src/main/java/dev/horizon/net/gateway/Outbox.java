package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.List;
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

    private static final int FARTHEST = 3;

    private final GatewayConfig.Queues bounds;
    private @Nullable ArrayDeque<ByteBuf> texts;
    private @Nullable FrameQueue frames;
    private int textBytes;
    private boolean closed;

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
        for (int farthest = FARTHEST; farthest > tier && !hasRoom(length); farthest--) {
            removeTier(farthest, states);
        }
        if (!hasRoom(length)) {
            removeFrames(channelId);
            states.put(channelId, FarChannels.STARVED);
            buffer.release();
            return false;
        }
        add(channelId, tier, buffer);
        return true;
    }

    /** Drops the frames of a channel, and says that it comes no more; takes over the reference. */
    void forget(long channelId, @Nullable ByteBuf entry) {
        removeFrames(channelId);
        if (entry != null) {
            if (closed) {
                entry.release();
            } else {
                add(channelId, FrameQueue.STAYS, entry);
            }
        }
    }

    /**
     * True when a message of this length fits, and nothing of two channels waits: it can't be
     * dropped any more.
     */
    boolean hasRoomFor(long from, long to, int length) {
        return !closed
                && hasRoom(length)
                && (frames == null || !frames.holds(from) && !frames.holds(to));
    }

    /** Adds what {@link #hasRoomFor} found room for; takes over the reference. */
    void addRecut(ByteBuf entry) {
        add(NO_CHANNEL, FrameQueue.STAYS, entry);
    }

    /** Drops the frames of a channel, of which the client is to have a keyframe again. */
    void starve(long channelId, FarChannels states) {
        removeFrames(channelId);
        states.put(channelId, FarChannels.STARVED);
    }

    private void add(long channelId, int tier, ByteBuf buffer) {
        FrameQueue queue = frames;
        if (queue == null) {
            queue = new FrameQueue();
            frames = queue;
        }
        queue.add(channelId, tier, buffer);
    }

    /** Bytes of the next entry, 0 when there is none. */
    int nextBytes() {
        return frames == null ? 0 : frames.nextBytes();
    }

    /** The next entry; the caller owns its reference. */
    ByteBuf takeFrame() {
        ByteBuf next = frames == null ? null : frames.take();
        if (frames == null || next == null) {
            throw new IllegalStateException("no frame waits");
        }
        if (frames.count() == 0) {
            frames = null;
        }
        return next;
    }

    /** True when at most half of each bound is used: time to ask for what was dropped. */
    boolean isRelaxed() {
        return frames == null
                || 2 * frames.bytes() <= bounds.frameBytesMax()
                        && 2 * frames.count() <= bounds.framesMax();
    }

    int bytes() {
        return textBytes + (frames == null ? 0 : frames.bytes());
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
            frames.clear();
        }
        frames = null;
    }

    /** Takes again, after {@link #close}. */
    void open() {
        closed = false;
    }

    private boolean hasRoom(int length) {
        return frames == null
                || frames.count() == 0
                || frames.bytes() + length <= bounds.frameBytesMax()
                        && frames.count() < bounds.framesMax();
    }

    private void removeFrames(long channelId) {
        if (frames != null) {
            frames.remove(channelId);
        }
    }

    private void removeTier(int tier, FarChannels states) {
        if (frames != null) {
            frames.removeTier(tier, channelId -> states.put(channelId, FarChannels.STARVED));
        }
    }
}
