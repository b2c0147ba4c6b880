package dev.horizon.tools.timeline;

import dev.horizon.engine.query.Fields;
import dev.horizon.engine.storage.Table;
import dev.horizon.engine.storage.WorldState;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.net.replay.Rerun;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The world of a tick as the map draws it. */
final class Scene {
    /** Beside places: what the map knows things by. */
    private static final List<String> SHOWN = List.of("Identity", "Size", "Orbit", "Projectile");

    private static final int BYTES_PER_THING =
            3 * Double.BYTES + 2 * Integer.BYTES + 7 * Float.BYTES;

    private Scene() {}

    /**
     * Places: tick (float64), number of things n (float64), then n each of x, y, z (float64), id
     * (uint32 low, uint32 high), and vx, vy, vz, qx, qy, qz, qw (float32), little-endian.
     */
    static byte[] frame(Rerun rerun) {
        WorldState world = rerun.world();
        int count = 0;
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            count += table.column(PositionColumn.TYPE) == null ? 0 : table.size();
        }
        ByteBuffer out =
                ByteBuffer.allocate(2 * Double.BYTES + count * BYTES_PER_THING)
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.putDouble(rerun.tick()).putDouble(count);
        int at = 0;
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            PositionColumn place = table.column(PositionColumn.TYPE);
            if (place != null) {
                MotionColumn motion = table.column(MotionColumn.TYPE);
                AttitudeColumn attitude = table.column(AttitudeColumn.TYPE);
                for (int row = 0; row < table.size(); row++, at++) {
                    put(out, count, at, table.entityAt(row), place, motion, attitude, row);
                }
            }
        }
        return out.array();
    }

    private static void put(
            ByteBuffer out,
            int count,
            int at,
            long id,
            PositionColumn place,
            @org.jspecify.annotations.Nullable MotionColumn motion,
            @org.jspecify.annotations.Nullable AttitudeColumn attitude,
            int row) {
        int start = 2 * Double.BYTES;
        out.putDouble(start + at * Double.BYTES, place.x[row]);
        out.putDouble(start + (count + at) * Double.BYTES, place.y[row]);
        out.putDouble(start + (2 * count + at) * Double.BYTES, place.z[row]);
        int ids = start + 3 * count * Double.BYTES;
        out.putInt(ids + at * Integer.BYTES, (int) id);
        out.putInt(ids + (count + at) * Integer.BYTES, (int) (id >>> Integer.SIZE));
        int floats = ids + 2 * count * Integer.BYTES;
        float[] values = new float[7];
        if (motion != null) {
            values[0] = (float) motion.vx[row];
            values[1] = (float) motion.vy[row];
            values[2] = (float) motion.vz[row];
        }
        values[6] = 1;
        if (attitude != null) {
            values[3] = (float) attitude.qx[row];
            values[4] = (float) attitude.qy[row];
            values[5] = (float) attitude.qz[row];
            values[6] = (float) attitude.qw[row];
        }
        for (int i = 0; i < values.length; i++) {
            out.putFloat(floats + (i * count + at) * Float.BYTES, values[i]);
        }
    }

    /** What all things are: id and the components that the map knows them by. */
    static Map<String, Object> things(Rerun rerun) {
        WorldState world = rerun.world();
        List<Map<String, Object>> things = new ArrayList<>();
        for (int i = 0; i < world.tableCount(); i++) {
            Table table = world.table(i);
            if (table.column(PositionColumn.TYPE) == null) {
                continue;
            }
            for (int row = 0; row < table.size(); row++) {
                Map<String, Object> components = new LinkedHashMap<>();
                for (Column<?> column : table.columns()) {
                    if (SHOWN.contains(column.type().name())) {
                        components.put(column.type().name(), Fields.of(column.row(row)));
                    }
                }
                things.add(
                        Map.of(
                                "id",
                                new EntityId(table.entityAt(row)).toString(),
                                "components",
                                components));
            }
        }
        return Map.of("tick", rerun.tick(), "things", things);
    }
}
