package dev.horizon.engine.channels;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.world.Tier;
import dev.horizon.schemas.replication.GlanceDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.ViewDecoder;
import org.agrona.DirectBuffer;

/**
 * Applies checked View and Glance messages: what a gateway gathers for one client of the entities
 * near it. All of them are held by one channel of its own, by handle, each slot with the tier that
 * the gateway chose for it.
 */
final class ViewRows {
    /** No channel has this id; of one tier's slots that entered at one tick, the view's wins. */
    private static final long NEAR = Long.MAX_VALUE;

    private static final int FRESH = 1;
    private static final Tier[] TIERS = Tier.values();

    /** Replaced by a new one with each fresh message. */
    private ReplicaChannel near = new ReplicaChannel(NEAR);

    private final ReplicaView replica;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ViewDecoder message = new ViewDecoder();
    private final GlanceDecoder glance = new GlanceDecoder();
    private final GlanceRows glances;
    private final double[] quaternion = new double[4];
    private final double[] numbers = new double[6];

    /** What places in glances are relative to, metres. */
    final double[] origin = new double[3];

    private long tick;
    private long inputSequence;

    ViewRows(ReplicaView replica) {
        this.replica = replica;
        this.glances = new GlanceRows(this, glance);
        near.whole = true;
    }

    /** The tick of the latest message. */
    long tick() {
        return tick;
    }

    /** Of the client's inputs, the last that the latest message's tick had read. */
    long inputSequence() {
        return inputSequence;
    }

    /**
     * Applies a message. One that contradicts what is held leaves the view stale, until a fresh one
     * comes.
     *
     * @return false when it was ignored, for only a fresh one helps
     */
    boolean apply(DirectBuffer buffer, int offset, int template) {
        if (template == GlanceDecoder.TEMPLATE_ID) {
            glance.wrapAndApplyHeader(buffer, offset, header);
            return glance();
        }
        message.wrapAndApplyHeader(buffer, offset, header);
        return view();
    }

    private boolean glance() {
        if (!near.whole) {
            return false;
        }
        long now = tick + (glance.tick() - tick & 0xFFFF);
        try {
            glances.apply(now);
        } catch (HorizonException e) {
            near.whole = false;
            throw e;
        }
        tick = now;
        inputSequence =
                inputSequence + (glance.inputSequence() - inputSequence & 0xFFFF) & 0xFFFF_FFFFL;
        return true;
    }

    private boolean view() {
        ReplicaChannel before = near;
        if ((message.flags() & FRESH) != 0) {
            // What it replaces is held until its rows are applied, so that nothing flickers.
            near = new ReplicaChannel(NEAR);
            near.whole = true;
        } else if (!near.whole) {
            return false;
        }
        try {
            orient();
            who();
            where();
            turns();
            components();
            flights();
        } catch (HorizonException e) {
            near.whole = false;
            throw e;
        } finally {
            if (before != near) {
                before.replaceAll();
                replica.dropReplaced(before);
            }
        }
        tick = message.tick();
        inputSequence = message.inputSequence();
        return true;
    }

    boolean isWhole() {
        return near.whole;
    }

    private void orient() {
        double x = message.originX();
        double y = message.originY();
        double z = message.originZ();
        // An older gateway's views have no such fields, and no glances follow them.
        if (isFinite(x, y, z)) {
            origin[0] = x;
            origin[1] = y;
            origin[2] = z;
        }
    }

    private void who() {
        for (ViewDecoder.LeftDecoder row : message.left()) {
            ReplicaSlot slot = near.take(row.handle());
            if (slot == null) {
                throw missing(row.handle());
            }
            replica.release(slot, row.gone() != 0);
        }
        for (ViewDecoder.EnteredDecoder row : message.entered()) {
            enter(row);
        }
    }

    private void enter(ViewDecoder.EnteredDecoder row) {
        if (row.tier() >= TIERS.length) {
            throw inconsistent("handle " + row.handle() + " is of tier " + row.tier());
        }
        ReplicaSlot before = near.slot(row.handle());
        ReplicaEntity known = replica.find(row.entityId());
        if (before == null ? known != null && known.isHeldBy(near) : before.entity != known) {
            throw inconsistent(
                    "handle " + row.handle() + " is entered by an entity that has another");
        }
        ReplicaSlot slot =
                new ReplicaSlot(
                        near,
                        replica.obtainEntity(row.entityId()),
                        TIERS[row.tier()],
                        0,
                        row.sizeClass(),
                        row.radius(),
                        row.parentId(),
                        message.tick());
        slot.placeExponent = row.placeExponent();
        slot.velocityExponent = row.velocityExponent();
        slot.accelerationExponent = row.accelerationExponent();
        near.take(row.handle());
        near.put(row.handle(), slot);
        replica.hold(slot);
        if (before != null) {
            // The new slot is there already, so the entity never leaves.
            replica.release(before, false);
        }
    }

    private void where() {
        long tick = message.tick();
        for (ViewDecoder.PlacedDecoder row : message.placed()) {
            if (!isFinite(row.x(), row.y(), row.z())
                    || !isFinite(row.vx(), row.vy(), row.vz())
                    || !isFinite(row.ax(), row.ay(), row.az())) {
                throw FrameCheck.malformed("handle " + row.handle() + " is nowhere");
            }
            held(row.handle())
                    .place(tick - row.age(), row.x(), row.y(), row.z())
                    .motion(row.vx(), row.vy(), row.vz(), row.ax(), row.ay(), row.az());
        }
        for (ViewDecoder.NudgedDecoder row : message.nudged()) {
            corrected(tick, row.handle(), row.dx(), row.dy(), row.dz());
        }
        for (ViewDecoder.KickedDecoder row : message.kicked()) {
            ReplicaSlot slot = corrected(tick, row.handle(), row.dx(), row.dy(), row.dz());
            double kick = Math.scalb(1.0, slot.velocityExponent + 2);
            double pull = Math.scalb(1.0, slot.accelerationExponent);
            slot.motion(
                    slot.motion[0] + row.dvx() * kick,
                    slot.motion[1] + row.dvy() * kick,
                    slot.motion[2] + row.dvz() * kick,
                    row.ax() * pull,
                    row.ay() * pull,
                    row.az() * pull);
        }
    }

    private static boolean isFinite(double x, double y, double z) {
        return Double.isFinite(x) && Double.isFinite(y) && Double.isFinite(z);
    }

    ReplicaSlot corrected(long now, int handle, int dx, int dy, int dz) {
        ReplicaSlot slot = held(handle);
        if (!slot.hasPlace || slot.flight != null) {
            throw inconsistent("handle " + handle + " is corrected, but has no place or flies");
        }
        double step = Math.scalb(1.0, slot.placeExponent);
        return slot.advance(now, replica.tickHz()).shift(dx * step, dy * step, dz * step);
    }

    private void turns() {
        for (ViewDecoder.FacedDecoder row : message.faced()) {
            turn(
                    held(row.handle()),
                    message.tick() - row.age(),
                    (int) row.attitude(),
                    row.wx(),
                    row.wy(),
                    row.wz());
        }
        for (ViewDecoder.TurnedDecoder row : message.turned()) {
            turn(
                    held(row.handle()),
                    message.tick(),
                    (int) row.attitude(),
                    row.wx(),
                    row.wy(),
                    row.wz());
        }
    }

    private void turn(ReplicaSlot slot, long tick, int attitude, int wx, int wy, int wz) {
        AttitudeCode.unpack(attitude, quaternion);
        slot.turn(tick, quaternion, wx, wy, wz);
    }

    private void components() {
        for (ViewDecoder.StrippedDecoder row : message.stripped()) {
            held(row.handle()).strip(row.componentId());
        }
        for (ViewDecoder.ComponentsDecoder entry : message.components()) {
            int componentId = entry.componentId();
            int rowBytes = entry.rowBytes();
            int length = entry.rowsLength();
            DirectBuffer buffer = message.buffer();
            int at = message.limit() + ViewDecoder.ComponentsDecoder.rowsHeaderLength();
            entry.skipRows();
            for (int end = at + length; at < end; at += rowBytes + 2) {
                int handle = buffer.getShort(at, ViewDecoder.BYTE_ORDER) & 0xFFFF;
                fill(handle, componentId, rowBytes, buffer, at + 2);
            }
        }
    }

    private void flights() {
        for (ViewDecoder.SteeredDecoder row : message.steered()) {
            steer(message.tick(), row.handle(), row.age(), (int) row.thrust(), (int) row.spin());
        }
        for (ViewDecoder.FlownDecoder row : message.flown()) {
            numbers[0] = row.x();
            numbers[1] = row.y();
            numbers[2] = row.z();
            numbers[3] = row.vx();
            numbers[4] = row.vy();
            numbers[5] = row.vz();
            if (!FrameCheck.isFinite(numbers)) {
                throw FrameCheck.malformed("handle " + row.handle() + " is nowhere");
            }
            held(row.handle())
                    .fly(
                            message.tick() - row.age(),
                            replica.tickHz(),
                            numbers,
                            (int) row.attitude(),
                            (int) row.turn(),
                            (int) row.thrust(),
                            (int) row.spin(),
                            row.ramp());
        }
    }

    void steer(long now, int handle, int age, int thrust, int spin) {
        ReplicaSlot slot = held(handle);
        if (!slot.steer(now, age, thrust, spin, slot.placeExponent)) {
            throw inconsistent("handle " + handle + " is steered, but doesn't fly");
        }
    }

    int tickHz() {
        return replica.tickHz();
    }

    /** What a handle names is at another tier now; the entity never leaves. */
    void shift(int handle, long now, GlanceDecoder.ShiftedDecoder row) {
        if (row.tier() >= TIERS.length) {
            throw inconsistent("handle " + handle + " is of tier " + row.tier());
        }
        ReplicaSlot before = held(handle);
        ReplicaSlot slot = before.at(TIERS[row.tier()], now);
        slot.placeExponent = row.placeExponent();
        slot.velocityExponent = row.velocityExponent();
        slot.accelerationExponent = row.accelerationExponent();
        near.take(handle);
        near.put(handle, slot);
        replica.hold(slot);
        replica.release(before, false);
    }

    /** Replaces some bytes of a row, of zeros where none is held; answers where the patch ends. */
    int patch(int handle, int componentId, int rowBytes, DirectBuffer buffer, int at) {
        byte[] row = held(handle).rowToFill(componentId, rowBytes);
        if (row == null) {
            throw inconsistent("an entity has more components than fit");
        }
        int from = at + (rowBytes + 7 >> 3);
        for (int i = 0; i < rowBytes; i++) {
            if ((buffer.getByte(at + (i >> 3)) & 1 << (i & 7)) != 0) {
                row[i] = buffer.getByte(from++);
            }
        }
        return from;
    }

    void fill(int handle, int componentId, int rowBytes, DirectBuffer buffer, int at) {
        byte[] row = held(handle).rowToFill(componentId, rowBytes);
        if (row == null) {
            throw inconsistent("an entity has more components than fit");
        }
        buffer.getBytes(at, row);
    }

    ReplicaSlot held(int handle) {
        ReplicaSlot slot = near.slot(handle);
        if (slot == null) {
            throw missing(handle);
        }
        return slot;
    }

    private static HorizonException missing(int handle) {
        return inconsistent("handle " + handle + " is not held");
    }

    private static HorizonException inconsistent(String what) {
        return new HorizonException(
                FrameCheck.INCONSISTENT,
                "view refused: " + what + "; connect again for a fresh one");
    }
}
