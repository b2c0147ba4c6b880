package dev.horizon.net.edge;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(header.templateId()).isEqualTo(ViewDecoder.TEMPLATE_ID);
        assertThat(header.schemaId()).isEqualTo(2);
        ViewDecoder view = new ViewDecoder().wrapAndApplyHeader(buffer, offset, header);
        views++;
        tick = view.tick();
        inputSequence = view.inputSequence();
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
