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
    private final double[] numbers = new double[6];
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
        flights();
    }

    private void flights() {
        for (GlanceDecoder.ShiftedDecoder row : message.shifted()) {
            near.shift(row.handle(), tick, row);
        }
        for (GlanceDecoder.StrippedDecoder row : message.stripped()) {
            near.held(row.handle()).strip(row.componentId());
        }
        last = -1;
        for (GlanceDecoder.SteeredDecoder row : message.steered()) {
            if (isRow(row.step())) {
                int controls = (int) row.thrust();
                near.steer(
                        tick,
                        last,
                        controls >>> 28,
                        PackedThree.fine(
                                controls, controls >>> 8, controls >>> 16, controls >>> 24),
                        PackedThree.fine(row.spinX(), row.spinY(), row.spinZ(), controls >>> 26));
            }
        }
        for (GlanceDecoder.GuidedDecoder row : message.guided()) {
            near.steer(tick, row.handle(), 1, (int) row.thrust(), (int) row.spin());
        }
        for (GlanceDecoder.FlownDecoder row : message.flown()) {
            fly(near.held(row.handle()), row);
        }
        for (GlanceDecoder.PatchedDecoder entry : message.patched()) {
            patch(entry);
        }
    }

    private void fly(ReplicaSlot slot, GlanceDecoder.FlownDecoder row) {
        double grid = Math.scalb(1.0, Flight.gridExponent(slot.placeExponent));
        double speed = Math.scalb(1.0, Flight.speedExponent(slot.placeExponent));
        double[] origin = near.origin;
        numbers[0] = origin[0] + row.x() * grid;
        numbers[1] = origin[1] + row.y() * grid;
        numbers[2] = origin[2] + row.z() * grid;
        numbers[3] = row.vx() * speed;
        numbers[4] = row.vy() * speed;
        numbers[5] = row.vz() * speed;
        slot.fly(
                tick - row.age(),
                near.tickHz(),
                numbers,
                (int) row.attitude(),
                (int) row.turn(),
                (int) row.thrust(),
                (int) row.spin(),
                row.ramp());
    }

    private void patch(GlanceDecoder.PatchedDecoder entry) {
        int componentId = entry.componentId();
        int rowBytes = entry.rowBytes();
        int length = entry.rowsLength();
        DirectBuffer buffer = message.buffer();
        int at = message.limit() + GlanceDecoder.PatchedDecoder.rowsHeaderLength();
        entry.skipRows();
        last = -1;
        for (int end = at + length; at < end; ) {
            boolean isRow = isRow(buffer.getByte(at) & 0xFF);
            at++;
            if (isRow) {
                at = near.patch(last, componentId, rowBytes, buffer, at);
            }
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
