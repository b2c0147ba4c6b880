package dev.horizon.engine.channels;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.schemas.replication.FrameDecoder;
import org.agrona.DirectBuffer;

/** Applies the rows of a checked frame to the channel that they belong to. */
final class FrameRows {
    private final ReplicaView view;
    private final FrameDecoder frame;
    private final double[] quaternion = new double[4];
    private final double[] numbers = new double[6];

    FrameRows(ReplicaView view, FrameDecoder frame) {
        this.view = view;
        this.frame = frame;
    }

    /** Applies all rows of the frame, in order. */
    void apply(ReplicaChannel channel) {
        for (FrameDecoder.LeftDecoder row : frame.left()) {
            ReplicaSlot slot = channel.take(row.slot());
            if (slot == null) {
                throw missingSlot(channel, row.slot());
            }
            view.release(slot, row.gone() != 0);
        }
        for (FrameDecoder.EnteredDecoder row : frame.entered()) {
            view.enter(channel, row, frame.tick());
        }
        places(channel);
        for (FrameDecoder.TurnedDecoder row : frame.turned()) {
            AttitudeCode.unpack((int) row.attitude(), quaternion);
            held(channel, row.slot()).turn(frame.tick(), quaternion, row.wx(), row.wy(), row.wz());
        }
        for (FrameDecoder.StrippedDecoder row : frame.stripped()) {
            held(channel, row.slot()).strip(row.componentId());
        }
        for (FrameDecoder.ComponentsDecoder entry : frame.components()) {
            components(channel, entry);
        }
        flights(channel);
    }

    private void flights(ReplicaChannel channel) {
        for (FrameDecoder.SteeredDecoder row : frame.steered()) {
            if (!held(channel, row.slot())
                    .steer(
                            frame.tick(),
                            row.age(),
                            (int) row.thrust(),
                            (int) row.spin(),
                            frame.placeExponent())) {
                throw FrameCheck.inconsistent(
                        channel.id, "slot " + row.slot() + " is steered, but doesn't fly");
            }
        }
        for (FrameDecoder.FlownDecoder row : frame.flown()) {
            numbers[0] = row.x();
            numbers[1] = row.y();
            numbers[2] = row.z();
            numbers[3] = row.vx();
            numbers[4] = row.vy();
            numbers[5] = row.vz();
            if (!FrameCheck.isFinite(numbers)) {
                throw FrameCheck.malformed("slot " + row.slot() + " is nowhere");
            }
            held(channel, row.slot())
                    .fly(
                            frame.tick(),
                            view.tickHz(),
                            numbers,
                            (int) row.attitude(),
                            (int) row.turn(),
                            (int) row.thrust(),
                            (int) row.spin(),
                            row.ramp());
        }
    }

    private void places(ReplicaChannel channel) {
        double edge = frame.cellEdge();
        double x = ChannelId.middle(ChannelId.cellX(channel.id), edge);
        double y = ChannelId.middle(ChannelId.cellY(channel.id), edge);
        double z = ChannelId.middle(ChannelId.cellZ(channel.id), edge);
        double step = Math.scalb(1.0, frame.placeExponent());
        double speed = Math.scalb(1.0, frame.velocityExponent());
        double pull = Math.scalb(1.0, frame.accelerationExponent());
        for (FrameDecoder.NudgedDecoder row : frame.nudged()) {
            advanced(channel, row.slot()).shift(row.dx() * step, row.dy() * step, row.dz() * step);
        }
        double kick = Math.scalb(1.0, FrameWriter.kickExponent(frame.placeExponent()));
        for (FrameDecoder.KickedDecoder row : frame.kicked()) {
            ReplicaSlot slot =
                    advanced(channel, row.slot())
                            .shift(row.dx() * step, row.dy() * step, row.dz() * step);
            slot.motion(
                    slot.motion[0] + row.dvx() * kick,
                    slot.motion[1] + row.dvy() * kick,
                    slot.motion[2] + row.dvz() * kick,
                    row.ax() * pull,
                    row.ay() * pull,
                    row.az() * pull);
        }
        for (FrameDecoder.RestingDecoder row : frame.resting()) {
            held(channel, row.slot())
                    .place(frame.tick(), x + row.x() * step, y + row.y() * step, z + row.z() * step)
                    .motion(0, 0, 0, 0, 0, 0);
        }
        for (FrameDecoder.CoastingDecoder row : frame.coasting()) {
            held(channel, row.slot())
                    .place(frame.tick(), x + row.x() * step, y + row.y() * step, z + row.z() * step)
                    .motion(row.vx() * speed, row.vy() * speed, row.vz() * speed, 0, 0, 0);
        }
        for (FrameDecoder.DrivenDecoder row : frame.driven()) {
            held(channel, row.slot())
                    .place(frame.tick(), x + row.x() * step, y + row.y() * step, z + row.z() * step)
                    .motion(
                            row.vx() * speed,
                            row.vy() * speed,
                            row.vz() * speed,
                            row.ax() * pull,
                            row.ay() * pull,
                            row.az() * pull);
        }
        for (FrameDecoder.WideDecoder row : frame.wide()) {
            held(channel, row.slot())
                    .place(frame.tick(), x + row.x() * step, y + row.y() * step, z + row.z() * step)
                    .motion(row.vx(), row.vy(), row.vz(), row.ax(), row.ay(), row.az());
        }
    }

    private void components(ReplicaChannel channel, FrameDecoder.ComponentsDecoder entry) {
        int componentId = entry.componentId();
        int rowBytes = entry.rowBytes();
        int length = entry.rowsLength();
        DirectBuffer buffer = frame.buffer();
        int at = frame.limit() + FrameDecoder.ComponentsDecoder.rowsHeaderLength();
        entry.skipRows();
        for (int end = at + length; at < end; at += rowBytes + 2) {
            int number = buffer.getShort(at, FrameDecoder.BYTE_ORDER) & 0xFFFF;
            byte[] row = held(channel, number).rowToFill(componentId, rowBytes);
            if (row == null) {
                throw FrameCheck.inconsistent(channel.id, "an entity has more components than fit");
            }
            buffer.getBytes(at + 2, row);
        }
    }

    private ReplicaSlot advanced(ReplicaChannel channel, int number) {
        ReplicaSlot slot = held(channel, number);
        if (!slot.hasPlace || slot.flight != null) {
            throw FrameCheck.inconsistent(
                    channel.id, "slot " + number + " is corrected, but has no place or flies");
        }
        return slot.advance(frame.tick(), view.tickHz());
    }

    private static ReplicaSlot held(ReplicaChannel channel, int number) {
        ReplicaSlot slot = channel.slot(number);
        if (slot == null) {
            throw missingSlot(channel, number);
        }
        return slot;
    }

    private static HorizonException missingSlot(ReplicaChannel channel, int number) {
        return FrameCheck.inconsistent(channel.id, "slot " + number + " is not held");
    }
}
