package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.schemas.replication.GlanceDecoder;
import dev.horizon.schemas.replication.MessageHeaderDecoder;
import dev.horizon.schemas.replication.ViewDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A client's decoder of Views, written from docs/replication.md alone; it refuses what is odd. */
final class ViewClient {
    /** One entity as the client holds it. */
    static final class Held {
        long id;
        long parentId;
        int tier;
        int placeExponent;
        int velocityExponent;
        int accelerationExponent;
        double @Nullable [] motion;
        long placeTick;
        byte @Nullable [] turn;
        long turnTick;
        final Map<Integer, byte[]> components = new TreeMap<>();
    }

    final Map<Integer, Held> byHandle = new HashMap<>();
    final Map<Long, Held> byId = new HashMap<>();
    private final int tickHz;
    private double[] origin = new double[3];
    private int handle;
    long tick;
    long inputSequence;
    long bytes;
    int views;
    int entered;
    int left;
    int rows;

    /** Rows by kind, to say where bytes went. */
    final Map<String, Integer> kinds = new TreeMap<>();

    ViewClient(int tickHz) {
        this.tickHz = tickHz;
    }

    void bundle(byte[] data, int length) {
        bytes += length;
        UnsafeBuffer buffer = new UnsafeBuffer(data, 0, length);
        int at = 0;
        while (at < length) {
            int entry = buffer.getShort(at) & 0xFFFF;
            view(buffer, at + 2, entry);
            at += 2 + entry;
        }
        assertThat(at).isEqualTo(length);
    }

    private void view(UnsafeBuffer buffer, int offset, int length) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        if (header.templateId() == GlanceDecoder.TEMPLATE_ID) {
            glance(new GlanceDecoder().wrapAndApplyHeader(buffer, offset, header), offset + length);
            return;
        }
        assertThat(header.templateId()).isEqualTo(ViewDecoder.TEMPLATE_ID);
        assertThat(header.schemaId()).isEqualTo(2);
        ViewDecoder view = new ViewDecoder().wrapAndApplyHeader(buffer, offset, header);
        views++;
        tick = view.tick();
        inputSequence = view.inputSequence();
        if (!Double.isNaN(view.originX())) {
            origin = new double[] {view.originX(), view.originY(), view.originZ()};
        }
        if ((view.flags() & 1) != 0) {
            byHandle.clear();
            byId.clear();
        }
        for (ViewDecoder.LeftDecoder row : view.left()) {
            Held held = byHandle.remove(row.handle());
            assertThat(held).as("left handle " + row.handle()).isNotNull();
            assertThat(byId.remove(held.id)).isSameAs(held);
            left++;
        }
        for (ViewDecoder.EnteredDecoder row : view.entered()) {
            enter(row);
        }
        for (ViewDecoder.PlacedDecoder row : view.placed()) {
            Held held = held(row.handle());
            held.motion =
                    new double[] {
                        row.x(), row.y(), row.z(), row.vx(), row.vy(), row.vz(), row.ax(), row.ay(),
                        row.az()
                    };
            held.placeTick = tick - row.age();
            kinds.merge("placed", 1, Integer::sum);
            rows++;
        }
        for (ViewDecoder.NudgedDecoder row : view.nudged()) {
            correct(row.handle(), row.dx(), row.dy(), row.dz());
            kinds.merge("nudged", 1, Integer::sum);
        }
        for (ViewDecoder.KickedDecoder row : view.kicked()) {
            Held held = correct(row.handle(), row.dx(), row.dy(), row.dz());
            kinds.merge("kicked", 1, Integer::sum);
            double kick = Math.scalb(1.0, held.velocityExponent + 2);
            double pull = Math.scalb(1.0, held.accelerationExponent);
            double[] m = held.motion;
            m[3] += row.dvx() * kick;
            m[4] += row.dvy() * kick;
            m[5] += row.dvz() * kick;
            m[6] = row.ax() * pull;
            m[7] = row.ay() * pull;
            m[8] = row.az() * pull;
        }
        for (ViewDecoder.FacedDecoder row : view.faced()) {
            Held held = held(row.handle());
            held.turn = turn((int) row.attitude(), row.wx(), row.wy(), row.wz());
            held.turnTick = tick - row.age();
            kinds.merge("faced", 1, Integer::sum);
        }
        for (ViewDecoder.TurnedDecoder row : view.turned()) {
            Held held = held(row.handle());
            held.turn = turn((int) row.attitude(), row.wx(), row.wy(), row.wz());
            held.turnTick = tick;
            kinds.merge("turned", 1, Integer::sum);
        }
        for (ViewDecoder.StrippedDecoder row : view.stripped()) {
            assertThat(held(row.handle()).components.remove(row.componentId())).isNotNull();
        }
        for (ViewDecoder.ComponentsDecoder entry : view.components()) {
            byte[] data = new byte[entry.rowsLength()];
            int rowBytes = entry.rowBytes();
            int componentId = entry.componentId();
            entry.getRows(data, 0, data.length);
            UnsafeBuffer in = new UnsafeBuffer(data);
            for (int at = 0; at < data.length; at += 2 + rowBytes) {
                byte[] row = new byte[rowBytes];
                in.getBytes(at + 2, row);
                kinds.merge("component " + rowBytes, 1, Integer::sum);
                held(in.getShort(at) & 0xFFFF).components.put(componentId, row);
            }
        }
        assertThat(view.limit()).as("end of the message").isEqualTo(offset + length);
    }

    private void glance(GlanceDecoder view, int end) {
        views++;
        tick += (view.tick() - tick) & 0xFFFF;
        inputSequence += (view.inputSequence() - inputSequence) & 0xFFFF;
        handle = -1;
        for (GlanceDecoder.NudgedDecoder row : view.nudged()) {
            if (step(row.step())) {
                int bits = row.offset();
                correct(handle, bits % 32 - 16, bits / 32 % 32 - 16, bits / 1_024 - 16);
                kinds.merge("lean nudged", 1, Integer::sum);
            }
        }
        handle = -1;
        for (GlanceDecoder.KickedDecoder row : view.kicked()) {
            if (step(row.step())) {
                long change = row.change();
                int[] digits = new int[6];
                for (int i = 0; i < 6; i++) {
                    int base = i < 3 ? 11 : 147;
                    digits[i] = (int) (change % base) - base / 2;
                    change /= base;
                }
                Held held = correct(handle, digits[0], digits[1], digits[2]);
                for (int axis = 0; axis < 3; axis++) {
                    held.motion[3 + axis] +=
                            digits[3 + axis] * Math.scalb(1.0, held.velocityExponent + 2);
                }
                pull(held, row.pull());
                kinds.merge("lean kicked", 1, Integer::sum);
            }
        }
        handle = -1;
        for (GlanceDecoder.SettledDecoder row : view.settled()) {
            if (step(row.step())) {
                Held held = held(handle);
                double step = Math.scalb(1.0, held.placeExponent - 2);
                double speed = Math.scalb(1.0, held.velocityExponent - 1);
                held.motion =
                        new double[] {
                            origin[0] + row.x() * step,
                            origin[1] + row.y() * step,
                            origin[2] + row.z() * step,
                            row.vx() * speed,
                            row.vy() * speed,
                            row.vz() * speed,
                            0,
                            0,
                            0
                        };
                held.placeTick = tick;
                pull(held, row.pull());
                kinds.merge("lean settled", 1, Integer::sum);
                rows++;
            }
        }
        handle = -1;
        for (GlanceDecoder.TurnedDecoder row : view.turned()) {
            if (step(row.step())) {
                Held held = held(handle);
                int[] w = new int[3];
                for (int axis = 0; axis < 3; axis++) {
                    w[axis] = (int) (part(row.spin(), axis) * 4);
                }
                held.turn = turn((int) row.attitude(), w[0], w[1], w[2]);
                held.turnTick = tick;
                kinds.merge("lean turned", 1, Integer::sum);
            }
        }
        for (GlanceDecoder.ComponentsDecoder entry : view.components()) {
            byte[] data = new byte[entry.rowsLength()];
            int rowBytes = entry.rowBytes();
            int componentId = entry.componentId();
            entry.getRows(data, 0, data.length);
            handle = -1;
            for (int at = 0; at < data.length; at += 1 + rowBytes) {
                if (step(data[at] & 0xFF)) {
                    byte[] row = java.util.Arrays.copyOfRange(data, at + 1, at + 1 + rowBytes);
                    kinds.merge("lean component " + rowBytes, 1, Integer::sum);
                    held(handle).components.put(componentId, row);
                }
            }
        }
        // Nothing here is steered.
        assertThat(view.shifted().count()).isZero();
        assertThat(view.stripped().count()).isZero();
        assertThat(view.steered().count()).isZero();
        assertThat(view.guided().count()).isZero();
        assertThat(view.flown().count()).isZero();
        for (GlanceDecoder.PatchedDecoder entry : view.patched()) {
            byte[] data = new byte[entry.rowsLength()];
            int rowBytes = entry.rowBytes();
            int componentId = entry.componentId();
            entry.getRows(data, 0, data.length);
            patch(componentId, rowBytes, data);
        }
        assertThat(view.limit()).as("end of the message").isEqualTo(end);
    }

    private void patch(int componentId, int rowBytes, byte[] data) {
        handle = -1;
        for (int at = 0; at < data.length; ) {
            if (!step(data[at++] & 0xFF)) {
                continue;
            }
            byte[] row =
                    held(handle).components.getOrDefault(componentId, new byte[rowBytes]).clone();
            java.util.BitSet changed =
                    java.util.BitSet.valueOf(
                            java.util.Arrays.copyOfRange(data, at, at + (rowBytes + 7) / 8));
            at += (rowBytes + 7) / 8;
            for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
                row[i] = data[at++];
            }
            kinds.merge("patched " + rowBytes, 1, Integer::sum);
            held(handle).components.put(componentId, row);
        }
    }

    private boolean step(int step) {
        handle += step == 255 ? 255 : step + 1;
        return step != 255;
    }

    /** One of three packed numbers, in the coarsest steps that all of them have. */
    private static double part(long packed, int axis) {
        return (packed >> 10 * axis) % 1_024 * Math.pow(4, packed >> 30)
                - 512 * Math.pow(4, packed >> 30);
    }

    private static void pull(Held held, long packed) {
        for (int axis = 0; axis < 3; axis++) {
            held.motion[6 + axis] =
                    part(packed, axis) * Math.scalb(1.0, held.accelerationExponent + 2);
        }
    }

    private void enter(ViewDecoder.EnteredDecoder row) {
        kinds.merge("entered", 1, Integer::sum);
        Held held = byHandle.get(row.handle());
        if (held == null) {
            assertThat(byId).as("entered twice").doesNotContainKey(row.entityId());
            entered++;
        } else {
            assertThat(held.id).as("handle " + row.handle()).isEqualTo(row.entityId());
        }
        Held fresh = new Held();
        fresh.id = row.entityId();
        fresh.parentId = row.parentId();
        fresh.tier = row.tier();
        fresh.placeExponent = row.placeExponent();
        fresh.velocityExponent = row.velocityExponent();
        fresh.accelerationExponent = row.accelerationExponent();
        byHandle.put(row.handle(), fresh);
        byId.put(fresh.id, fresh);
    }

    private Held correct(int handle, int dx, int dy, int dz) {
        Held held = held(handle);
        assertThat(held.motion).as("a place to correct").isNotNull();
        double[] m = held.motion;
        double t = (double) (tick - held.placeTick) / tickHz;
        int[] d = {dx, dy, dz};
        for (int axis = 0; axis < 3; axis++) {
            double a = m[6 + axis];
            m[axis] = m[axis] + (m[3 + axis] + a * t * 0.5) * t;
            m[axis] += d[axis] * Math.scalb(1.0, held.placeExponent);
            m[3 + axis] = m[3 + axis] + a * t;
        }
        held.placeTick = tick;
        rows++;
        return held;
    }

    private static byte[] turn(int attitude, int wx, int wy, int wz) {
        UnsafeBuffer out = new UnsafeBuffer(new byte[10]);
        out.putInt(0, attitude);
        out.putShort(4, (short) wx);
        out.putShort(6, (short) wy);
        out.putShort(8, (short) wz);
        return out.byteArray();
    }

    private Held held(int handle) {
        Held held = byHandle.get(handle);
        assertThat(held).as("handle " + handle).isNotNull();
        return held;
    }

    int count(int tier) {
        int count = 0;
        for (Held held : byId.values()) {
            count += held.tier == tier ? 1 : 0;
        }
        return count;
    }
}
