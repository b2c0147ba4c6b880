package dev.horizon.engine.channels;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.RecutDecoder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Carries over what a receiver holds of a cell that split or merged. */
final class ReplicaRecut {
    private final ReplicaView view;
    private final ReplicaChannels channels;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RecutDecoder recut = new RecutDecoder();

    ReplicaRecut(ReplicaView view, ReplicaChannels channels) {
        this.view = view;
        this.channels = channels;
    }

    /** Applies a checked message; false when it changed nothing. */
    boolean apply(DirectBuffer buffer, int offset) {
        recut.wrapAndApplyHeader(buffer, offset, header);
        long fromId = recut.fromChannelId();
        long toId = recut.toChannelId();
        if (!ChannelId.isRecut(fromId, toId)) {
            throw FrameCheck.malformed(
                    ChannelId.text(toId) + " is no part of " + ChannelId.text(fromId));
        }
        boolean changed = channels.isWatched(toId) && applyTo(channels.find(fromId), toId);
        view.applied(changed);
        return changed;
    }

    private boolean applyTo(@Nullable ReplicaChannel from, long toId) {
        long tick = recut.tick();
        view.hear(tick);
        boolean opens = (recut.flags() & RecutWriter.OPENS) != 0;
        ReplicaChannel to = channels.obtain(toId);
        int ahead = (int) recut.toSequence() - to.sequence;
        if ((to.whole && ahead <= 0) || (opens && tick < to.lastTick)) {
            return false;
        }
        boolean toNext = opens || (to.whole && ahead == 1);
        boolean fromNext =
                from != null && from.whole && (int) recut.fromSequence() - from.sequence == 1;
        if (from == null || !fromNext) {
            // What enters is unknown: only a keyframe tells.
            if (from != null && (int) recut.fromSequence() - from.sequence > 0) {
                view.miss(from);
            }
            view.miss(to);
            return false;
        }
        if (opens) {
            to.replaceAll();
            to.whole = true;
        }
        try {
            move(from, to, toNext);
        } catch (HorizonException e) {
            view.miss(from);
            view.miss(to);
            throw e;
        } finally {
            from.sequence = (int) recut.fromSequence();
            from.lastTick = tick;
        }
        if (!toNext) {
            view.miss(to);
            return true;
        }
        to.sequence = (int) recut.toSequence();
        to.lastTick = tick;
        view.dropReplaced(to);
        return true;
    }

    /** Where a keyframe is needed anyway, what moves stays on display until it comes. */
    private void move(ReplicaChannel from, ReplicaChannel to, boolean known) {
        for (RecutDecoder.MovedDecoder row : recut.moved()) {
            ReplicaSlot slot = from.take(row.slot());
            if (slot == null) {
                throw FrameCheck.inconsistent(from.id, "slot " + row.slot() + " is not held");
            }
            slot.channel = to;
            slot.generation = row.newGeneration();
            if (!known) {
                to.replaced.add(slot);
            } else if (to.slot(row.newSlot()) == null) {
                to.put(row.newSlot(), slot);
            } else {
                to.replaced.add(slot);
                throw FrameCheck.inconsistent(
                        to.id, "slot " + row.newSlot() + " is entered, but held already");
            }
        }
    }
}
