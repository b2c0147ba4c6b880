package dev.horizon.net.gateway;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client: events in order, and frames of which the latest per channel count. It
 * never holds more than its bounds. Where frames don't fit, those of farther tiers go first, then
 * those of the new frame's own channel with it; a channel that lost a frame stays out until its
 * next keyframe. The agent's thread fills it and the event loop drains it, under its lock.
 */
final class SessionQueue {
    private final GatewayConfig.Queues bounds;
    private final ArrayDeque<ByteBuf> texts = new ArrayDeque<>();
    private final ArrayDeque<Waiting> frames = new ArrayDeque<>();
    private int textBytes;
    private int frameBytes;
    private long droppedFrames;
    private long taken;
    private long takenWhenChecked = -1;
    private long takenWhenDropped = -1;
    private long checkedAtNanos;
    private boolean closed;

    private record Waiting(long channelId, int tier, ByteBuf buffer) {}

    SessionQueue(GatewayConfig.Queues bounds) {
        this.bounds = bounds;
    }

    /** Adds an event, and takes over the reference. False when it doesn't fit. */
    synchronized boolean addText(ByteBuf buffer) {
        if (closed || textBytes + buffer.readableBytes() > bounds.textBytesMax()) {
            buffer.release();
            return false;
        }
        textBytes += buffer.readableBytes();
        texts.add(buffer);
        return true;
    }

    /**
     * Adds a frame and takes over the reference. Channels that lost a frame are put into {@code
     * starved}, this one too where it found no room.
     *
     * @return true when the frame waits now
     */
    synchronized boolean addFrame(
            long channelId, int tier, boolean keyframe, ByteBuf buffer, LongHashSet starved) {
        if (closed) {
            buffer.release();
            return false;
        }
        if (keyframe) {
            removeFrames(channelId);
        }
        int length = buffer.readableBytes();
        for (int farthest = 3; farthest > tier && !hasRoom(length); farthest--) {
            removeTier(farthest, starved);
        }
        if (!hasRoom(length)) {
            removeFrames(channelId);
            starved.add(channelId);
            takenWhenDropped = taken;
            droppedFrames++;
            buffer.release();
            return false;
        }
        frameBytes += length;
        frames.add(new Waiting(channelId, tier, buffer));
        return true;
    }

    /** Drops the frames of a channel that the client is to forget. */
    synchronized void forget(long channelId) {
        removeFrames(channelId);
    }

    /** The next buffer to write, events first; the caller owns its reference. */
    synchronized @Nullable ByteBuf poll() {
        taken++;
        ByteBuf text = texts.poll();
        if (text != null) {
            textBytes -= text.readableBytes();
            return text;
        }
        Waiting frame = frames.poll();
        if (frame == null) {
            return null;
        }
        frameBytes -= frame.buffer().readableBytes();
        return frame.buffer();
    }

    /**
     * True when the client reads again and at most half of each bound is used: time to ask for what
     * was dropped.
     */
    synchronized boolean isRelaxed() {
        return taken != takenWhenDropped
                && 2 * frameBytes <= bounds.frameBytesMax()
                && 2 * frames.size() <= bounds.framesMax();
    }

    /**
     * True when something waited or had been dropped, and nothing was taken, over calls that span
     * the given time.
     */
    synchronized boolean isStuck(long nowNanos, long limitNanos) {
        boolean idle = texts.isEmpty() && frames.isEmpty() && taken != takenWhenDropped;
        if (taken != takenWhenChecked || idle) {
            takenWhenChecked = taken;
            checkedAtNanos = nowNanos;
            return false;
        }
        return nowNanos - checkedAtNanos > limitNanos;
    }

    synchronized int bytes() {
        return textBytes + frameBytes;
    }

    synchronized long droppedFrames() {
        return droppedFrames;
    }

    /** Releases all that waits and takes no more. */
    synchronized void close() {
        closed = true;
        texts.forEach(ByteBuf::release);
        texts.clear();
        frames.forEach(waiting -> waiting.buffer().release());
        frames.clear();
        textBytes = 0;
        frameBytes = 0;
    }

    private boolean hasRoom(int length) {
        return frames.isEmpty()
                || (frameBytes + length <= bounds.frameBytesMax()
                        && frames.size() < bounds.framesMax());
    }

    private void removeFrames(long channelId) {
        for (Iterator<Waiting> all = frames.iterator(); all.hasNext(); ) {
            Waiting waiting = all.next();
            if (waiting.channelId() == channelId) {
                all.remove();
                drop(waiting);
            }
        }
    }

    private void removeTier(int tier, LongHashSet starved) {
        for (Iterator<Waiting> all = frames.iterator(); all.hasNext(); ) {
            Waiting waiting = all.next();
            if (waiting.tier() == tier) {
                all.remove();
                starved.add(waiting.channelId());
                drop(waiting);
            }
        }
    }

    private void drop(Waiting waiting) {
        frameBytes -= waiting.buffer().readableBytes();
        droppedFrames++;
        waiting.buffer().release();
    }
}
