package dev.horizon.net.edge;

import dev.horizon.engine.channels.ChannelId;
import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.replication.FrameDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Applies the rows of a checked frame: what {@code docs/replication.md} says a receiver does. */
final class EdgeRows {
    /** The form is right, but it speaks of what the receiver doesn't hold. */
    private static final String INCONSISTENT = "HZ-REP-002";

    /** It would make the receiver hold more than its bounds. */
    private static final String TOO_MUCH = "HZ-REP-003";

    private static final int ENTITIES_MAX = 1 << 20;

    /** Tiers whose components clients get from here: the others' frames go to them as they are. */
    private static final int PARTS_TIERS = 2;

    /** A kick's velocity is in coarser steps than a row's. */
    private static final int KICK_EXPONENT = 2;

    private final EdgeEntities entities;
    private final EdgeTracks tracks;
    private final EdgeParts parts;
    private final EdgeStripped stripped;
    private final FrameDecoder frame;
    private int[] entered = new int[64];
    private int enteredCount;

    EdgeRows(
            EdgeEntities entities,
            EdgeTracks tracks,
            EdgeParts parts,
            EdgeStripped stripped,
            FrameDecoder frame) {
        this.entities = entities;
        this.tracks = tracks;
        this.parts = parts;
        this.stripped = stripped;
        this.frame = frame;
    }

    void apply(EdgeChannel channel) {
        enteredCount = 0;
        channel.placeExponent = frame.placeExponent();
        channel.velocityExponent = frame.velocityExponent();
        channel.accelerationExponent = frame.accelerationExponent();
        for (FrameDecoder.LeftDecoder row : frame.left()) {
            leave(channel, row.slot(), row.gone() != 0);
        }
        for (FrameDecoder.EnteredDecoder row : frame.entered()) {
            enter(channel, row);
        }
        corrections(channel);
        places(channel);
        turns(channel);
        for (FrameDecoder.StrippedDecoder row : frame.stripped()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                strip(track, row.componentId());
            }
        }
        for (FrameDecoder.ComponentsDecoder entry : frame.components()) {
            components(channel, entry);
        }
        flights(channel);
        settle();
    }

    /** Lets go of what a keyframe didn't mention again. */
    void dropReplaced(EdgeChannel channel) {
        for (int i = 0; i < channel.replacedCount; i++) {
            int entity = channel.replaced[i];
            int track = EdgeTracks.of(entity, channel.tier);
            if (tracks.owner[track] == channel && !isSeated(channel, track, entity)) {
                drop(track);
            }
            entities.release(entity, false);
        }
        channel.replacedCount = 0;
    }

    private boolean isSeated(EdgeChannel channel, int track, int entity) {
        int slot = tracks.slot(track);
        return channel.entity(slot) == entity;
    }

    private void leave(EdgeChannel channel, int slot, boolean gone) {
        int entity = channel.entity(slot);
        if (entity == EdgeEntities.NONE) {
            throw missing(channel, slot);
        }
        int track = EdgeTracks.of(entity, channel.tier);
        if (tracks.isOwner(track, channel, slot)) {
            drop(track);
        }
        channel.free(slot);
        entities.release(entity, gone);
    }

    private void drop(int track) {
        tracks.drop(track);
        parts.clear(track);
    }

    private void enter(EdgeChannel channel, FrameDecoder.EnteredDecoder row) {
        int slot = row.slot();
        if (channel.entity(slot) != EdgeEntities.NONE) {
            throw inconsistent(channel, "slot " + slot + " is entered, but held already");
        }
        if (entities.size() >= ENTITIES_MAX) {
            throw new HorizonException(
                    TOO_MUCH,
                    "frame refused: the gateway holds its bound of "
                            + ENTITIES_MAX
                            + " entities; let fewer players share a gateway");
        }
        int generation = row.generation();
        int sizeClass = row.sizeClass() & 3;
        float radius = row.radius();
        long entityId = row.entityId();
        long parentId = row.parentId();
        int entity = entities.hold(entityId, sizeClass, radius, parentId);
        tracks.ensure(entities.capacity());
        parts.ensure(entities.capacity() * EdgeTracks.TIERS);
        channel.put(slot, generation, entity);
        int track = EdgeTracks.of(entity, channel.tier);
        if (!tracks.own(track, channel, slot, frame.tick())) {
            return;
        }
        if (entities.describe(entity, sizeClass, radius, parentId)) {
            for (int tier = 0; tier < EdgeTracks.TIERS; tier++) {
                tracks.renew(EdgeTracks.of(entity, tier));
            }
        }
        parts.doubt(track);
        if (enteredCount == entered.length) {
            entered = Arrays.copyOf(entered, enteredCount * 2);
        }
        entered[enteredCount++] = track;
    }

    private void settle() {
        for (int i = 0; i < enteredCount; i++) {
            int track = entered[i];
            tracks.settle(track);
            for (int id = parts.missing(track); id != EdgeParts.NONE; id = parts.missing(track)) {
                strip(track, id);
            }
        }
    }

    private void strip(int track, int componentId) {
        if (parts.strip(track, componentId)) {
            stripped.add(track, componentId, tracks.round());
            tracks.strippedRound[track] = tracks.round();
            tracks.changedRound[track] = tracks.round();
        }
    }

    private void corrections(EdgeChannel channel) {
        double step = Math.scalb(1.0, frame.placeExponent());
        double pull = Math.scalb(1.0, frame.accelerationExponent());
        double kick = Math.scalb(1.0, frame.velocityExponent() + KICK_EXPONENT);
        long tick = frame.tick();
        for (FrameDecoder.NudgedDecoder row : frame.nudged()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                nudge(channel, track, tick, row.dx() * step, row.dy() * step, row.dz() * step);
                int at = track * EdgeTracks.CORRECTION_BYTES;
                tracks.correction[at] = row.dx();
                tracks.correction[at + 1] = row.dy();
                tracks.correction[at + 2] = row.dz();
            }
        }
        for (FrameDecoder.KickedDecoder row : frame.kicked()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                nudge(channel, track, tick, row.dx() * step, row.dy() * step, row.dz() * step);
                tracks.kick(
                        track,
                        row.dvx() * kick,
                        row.dvy() * kick,
                        row.dvz() * kick,
                        row.ax() * pull,
                        row.ay() * pull,
                        row.az() * pull);
                int at = track * EdgeTracks.CORRECTION_BYTES;
                byte[] out = tracks.correction;
                out[at] = row.dx();
                out[at + 1] = row.dy();
                out[at + 2] = row.dz();
                out[at + 3] = row.dvx();
                out[at + 4] = row.dvy();
                out[at + 5] = row.dvz();
                LittleEndian.putShort(out, at + 6, row.ax());
                LittleEndian.putShort(out, at + 8, row.ay());
                LittleEndian.putShort(out, at + 10, row.az());
            }
        }
    }

    private void nudge(EdgeChannel channel, int track, long tick, double dx, double dy, double dz) {
        if (!tracks.nudge(track, tick, dx, dy, dz)) {
            throw inconsistent(channel, "a place is corrected that is not held");
        }
    }

    private void places(EdgeChannel channel) {
        double edge = frame.cellEdge();
        double x = ChannelId.middle(ChannelId.cellX(channel.id), edge);
        double y = ChannelId.middle(ChannelId.cellY(channel.id), edge);
        double z = ChannelId.middle(ChannelId.cellZ(channel.id), edge);
        double p = Math.scalb(1.0, frame.placeExponent());
        double v = Math.scalb(1.0, frame.velocityExponent());
        double a = Math.scalb(1.0, frame.accelerationExponent());
        long tick = frame.tick();
        for (FrameDecoder.RestingDecoder row : frame.resting()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                tracks.flights.land(track);
                tracks.place(
                        track,
                        tick,
                        x + row.x() * p,
                        y + row.y() * p,
                        z + row.z() * p,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0);
            }
        }
        for (FrameDecoder.CoastingDecoder row : frame.coasting()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                tracks.flights.land(track);
                tracks.place(
                        track,
                        tick,
                        x + row.x() * p,
                        y + row.y() * p,
                        z + row.z() * p,
                        row.vx() * v,
                        row.vy() * v,
                        row.vz() * v,
                        0,
                        0,
                        0);
            }
        }
        for (FrameDecoder.DrivenDecoder row : frame.driven()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                tracks.flights.land(track);
                tracks.place(
                        track,
                        tick,
                        x + row.x() * p,
                        y + row.y() * p,
                        z + row.z() * p,
                        row.vx() * v,
                        row.vy() * v,
                        row.vz() * v,
                        row.ax() * a,
                        row.ay() * a,
                        row.az() * a);
            }
        }
        for (FrameDecoder.WideDecoder row : frame.wide()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                tracks.flights.land(track);
                tracks.place(
                        track,
                        tick,
                        x + row.x() * p,
                        y + row.y() * p,
                        z + row.z() * p,
                        row.vx(),
                        row.vy(),
                        row.vz(),
                        row.ax(),
                        row.ay(),
                        row.az());
            }
        }
    }

    private void turns(EdgeChannel channel) {
        for (FrameDecoder.TurnedDecoder row : frame.turned()) {
            int track = track(channel, row.slot());
            if (track >= 0) {
                turn(track, (int) row.attitude(), row.wx(), row.wy(), row.wz());
            }
        }
    }

    private void turn(int track, int attitude, short wx, short wy, short wz) {
        byte[] turn = tracks.turn;
        int at = track * EdgeTracks.TURN_BYTES;
        // What turns has to be told when it was true; what doesn't is the same at any tick.
        boolean differs =
                wx != 0
                        || wy != 0
                        || wz != 0
                        || LittleEndian.getInt(turn, at) != attitude
                        || turn[at + 4] != 0
                        || turn[at + 5] != 0
                        || turn[at + 6] != 0
                        || turn[at + 7] != 0
                        || turn[at + 8] != 0
                        || turn[at + 9] != 0;
        LittleEndian.putInt(turn, at, attitude);
        LittleEndian.putShort(turn, at + 4, wx);
        LittleEndian.putShort(turn, at + 6, wy);
        LittleEndian.putShort(turn, at + 8, wz);
        tracks.turned(track, frame.tick(), differs);
    }

    private void flights(EdgeChannel channel) {
        for (FrameDecoder.SteeredDecoder row : frame.steered()) {
            int track = track(channel, row.slot());
            if (track >= 0
                    && !tracks.flights.steer(
                            track,
                            frame.tick(),
                            row.age(),
                            (int) row.thrust(),
                            (int) row.spin(),
                            frame.placeExponent())) {
                throw inconsistent(channel, "what doesn't fly is steered");
            }
        }
        for (FrameDecoder.FlownDecoder row : frame.flown()) {
            int track = track(channel, row.slot());
            if (track >= 0 && !tracks.flights.fly(track, frame.tick(), row)) {
                throw inconsistent(channel, "what flies is nowhere");
            }
        }
    }

    private void components(EdgeChannel channel, FrameDecoder.ComponentsDecoder entry) {
        int componentId = entry.componentId();
        int rowBytes = entry.rowBytes();
        int length = entry.rowsLength();
        DirectBuffer buffer = frame.buffer();
        int at = frame.limit() + FrameDecoder.ComponentsDecoder.rowsHeaderLength();
        entry.skipRows();
        if (channel.tier >= PARTS_TIERS) {
            parts.heardFar(componentId);
            return;
        }
        int kind = parts.kind(componentId, rowBytes);
        if (kind == EdgeParts.NONE) {
            throw inconsistent(channel, "there are too many kinds of components");
        }
        for (int end = at + length; at < end; at += rowBytes + 2) {
            int track = track(channel, buffer.getShort(at, FrameDecoder.BYTE_ORDER) & 0xFFFF);
            if (track >= 0 && parts.put(track, kind, buffer, at + 2, tracks.round())) {
                tracks.changedRound[track] = tracks.round();
            }
        }
    }

    /** The track that a slot's rows are about, -1 where another channel tells of its entity. */
    private int track(EdgeChannel channel, int slot) {
        int entity = channel.entity(slot);
        if (entity == EdgeEntities.NONE) {
            throw missing(channel, slot);
        }
        int track = EdgeTracks.of(entity, channel.tier);
        return tracks.isOwner(track, channel, slot) ? track : EdgeEntities.NONE;
    }

    private static HorizonException missing(EdgeChannel channel, int slot) {
        return inconsistent(channel, "slot " + slot + " is not held");
    }

    private static HorizonException inconsistent(EdgeChannel channel, String what) {
        return new HorizonException(
                INCONSISTENT,
                "frame of channel "
                        + ChannelId.text(channel.id)
                        + " refused: "
                        + what
                        + "; a keyframe was asked for");
    }
}
