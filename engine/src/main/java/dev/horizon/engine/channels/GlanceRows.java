package dev.horizon.engine.channels;

import dev.horizon.schemas.replication.GlanceDecoder;
import org.agrona.DirectBuffer;

/** Applies checked Glance messages to what a {@link ViewRows} holds. */
final class GlanceRows {
    /** A step that names no handle, but goes on by as much. */
    private static final int SKIP = 255;

    private final ViewRows near;
    private final GlanceDecoder message;
    private final double[] quaternion = new double[4];
    private int last;
    private long tick;

    GlanceRows(ViewRows near, GlanceDecoder message) {
        this.near = near;
        this.message = message;
    }

    /** Applies the message, whose rows are true at a tick. */
    void apply(long now) {
        tick = now;
        last = -1;
        for (GlanceDecoder.NudgedDecoder row : message.nudged()) {
            if (isRow(row.step())) {
                int offset = row.offset();
                near.corrected(
                        tick,
                        last,
                        PackedThree.offset(offset, 0),
                        PackedThree.offset(offset, 1),
                        PackedThree.offset(offset, 2));
            }
        }
        last = -1;
        for (GlanceDecoder.KickedDecoder row : message.kicked()) {
            if (isRow(row.step())) {
                kick(row.change(), (int) row.pull());
            }
        }
        last = -1;
        for (GlanceDecoder.SettledDecoder row : message.settled()) {
            if (isRow(row.step())) {
                settle(near.held(last), row);
            }
        }
        last = -1;
        for (GlanceDecoder.TurnedDecoder row : message.turned()) {
            if (isRow(row.step())) {
                turn(near.held(last), (int) row.attitude(), (int) row.spin());
            }
        }
        for (GlanceDecoder.ComponentsDecoder entry : message.components()) {
            components(entry);
        }
    }

    private boolean isRow(int step) {
        last += step;
        if (step == SKIP) {
            return false;
        }
        last++;
        return true;
    }

    private void kick(long change, int pull) {
        ReplicaSlot slot =
                near.corrected(
                        tick,
                        last,
                        PackedThree.placeChange(change, 0),
                        PackedThree.placeChange(change, 1),
                        PackedThree.placeChange(change, 2));
        double speed = Math.scalb(1.0, slot.velocityExponent + 2);
        double[] m = slot.motion;
        slot.motion(
                m[0] + PackedThree.velocityChange(change, 0) * speed,
                m[1] + PackedThree.velocityChange(change, 1) * speed,
                m[2] + PackedThree.velocityChange(change, 2) * speed,
                pull(slot, pull, 0),
                pull(slot, pull, 1),
                pull(slot, pull, 2));
    }

    private static double pull(ReplicaSlot slot, int pull, int axis) {
        return PackedThree.part(pull, axis) * Math.scalb(1.0, slot.accelerationExponent);
    }

    private void settle(ReplicaSlot slot, GlanceDecoder.SettledDecoder row) {
        double step = Math.scalb(1.0, slot.placeExponent - 2);
        double speed = Math.scalb(1.0, slot.velocityExponent - 1);
        double[] origin = near.origin;
        int pull = (int) row.pull();
        slot.place(
                        tick,
                        origin[0] + row.x() * step,
                        origin[1] + row.y() * step,
                        origin[2] + row.z() * step)
                .motion(
                        row.vx() * speed,
                        row.vy() * speed,
                        row.vz() * speed,
                        pull(slot, pull, 0),
                        pull(slot, pull, 1),
                        pull(slot, pull, 2));
    }

    private void turn(ReplicaSlot slot, int attitude, int spin) {
        AttitudeCode.unpack(attitude, quaternion);
        slot.turn(
                tick,
                quaternion,
                PackedThree.part(spin, 0),
                PackedThree.part(spin, 1),
                PackedThree.part(spin, 2));
    }

    private void components(GlanceDecoder.ComponentsDecoder entry) {
        int componentId = entry.componentId();
        int rowBytes = entry.rowBytes();
        int length = entry.rowsLength();
        DirectBuffer buffer = message.buffer();
        int at = message.limit() + GlanceDecoder.ComponentsDecoder.rowsHeaderLength();
        entry.skipRows();
        last = -1;
        for (int end = at + length; at < end; at += rowBytes + 1) {
            if (isRow(buffer.getByte(at) & 0xFF)) {
                near.fill(last, componentId, rowBytes, buffer, at + 1);
            }
        }
    }
}
