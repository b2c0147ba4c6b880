package dev.horizon.net.edge;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.net.edge.EdgeCache.Outcome;
import dev.horizon.schemas.replication.RecutDecoder;
import org.jspecify.annotations.Nullable;

/** Carries over what is held of a cell that split or merged. */
final class EdgeRecut {
    private static final int OPENS_FLAG = 1;

    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final EdgeRows rows;

    EdgeRecut(EdgeEntities entities, EdgeTracks tracks, EdgeRows rows) {
        this.entities = entities;
        this.tracks = tracks;
        this.rows = rows;
    }

    Outcome apply(RecutDecoder recut, @Nullable EdgeChannel from, EdgeChannel to) {
        int ahead = (int) recut.toSequence() - to.sequence;
        boolean opens = (recut.flags() & OPENS_FLAG) != 0;
        if ((to.whole && ahead <= 0) || (opens && recut.tick() < to.lastTick)) {
            return Outcome.OLD;
        }
        boolean toNext = opens || (to.whole && ahead == 1);
        if (from == null || !from.whole || (int) recut.fromSequence() - from.sequence != 1) {
            // What enters is unknown: only a keyframe tells.
            to.whole = false;
            if (from != null && (int) recut.fromSequence() - from.sequence > 0) {
                from.whole = false;
            }
            return Outcome.LOST;
        }
        if (opens) {
            to.replaceAll();
        }
        try {
            move(recut, from, to, toNext);
        } catch (RuntimeException e) {
            from.whole = false;
            to.whole = false;
            throw e;
        }
        from.sequence = (int) recut.fromSequence();
        from.lastTick = recut.tick();
        if (!toNext) {
            to.whole = false;
            return Outcome.LOST;
        }
        to.whole = true;
        to.sequence = (int) recut.toSequence();
        to.lastTick = recut.tick();
        to.placeExponent = recut.placeExponent();
        to.velocityExponent = recut.velocityExponent();
        to.accelerationExponent = recut.accelerationExponent();
        rows.dropReplaced(to);
        return Outcome.APPLIED;
    }

    /** Where a keyframe is needed anyway, what moves stays on display until it comes. */
    private void move(RecutDecoder recut, EdgeChannel from, EdgeChannel to, boolean known) {
        for (RecutDecoder.MovedDecoder row : recut.moved()) {
            int slot = row.slot();
            int newSlot = row.newSlot();
            int entity = from.entity(slot);
            if (entity == EdgeEntities.NONE || (known && to.entity(newSlot) != EdgeEntities.NONE)) {
                throw new HorizonException(
                        "HZ-REP-002",
                        "recut refused: of entity "
                                + (entity == EdgeEntities.NONE ? 0 : entities.id[entity])
                                + " slot "
                                + slot
                                + " isn't held, or slot "
                                + newSlot
                                + " is; keyframes were asked for");
            }
            int track = EdgeTracks.of(entity, from.tier);
            if (tracks.isOwner(track, from, slot)) {
                tracks.carry(track, to, newSlot);
            }
            from.free(slot);
            if (known) {
                to.put(newSlot, row.newGeneration(), entity);
            } else {
                to.replace(entity);
            }
        }
    }
}
