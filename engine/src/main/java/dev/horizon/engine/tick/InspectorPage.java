package dev.horizon.engine.tick;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.GhostColumn;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One request to the inspector: filled by the tick thread in bounded portions, then decoded. */
final class InspectorPage {
    /** Bytes of raw rows of one page. */
    private static final int BYTES_MAX = 256 * 1024;

    private static final int ROW_HEAD = Long.BYTES + Long.BYTES + Integer.BYTES;

    final long entity;
    final List<String> with;
    final List<String> without;
    final int limit;
    final CompletableFuture<InspectorPage> filled = new CompletableFuture<>();
    private final UnsafeBuffer rows = new UnsafeBuffer(new byte[BYTES_MAX]);
    private final List<Composition> compositions = new ArrayList<>();
    private int bytes;
    private int count;

    /** Where to go on. */
    int table;

    int row;
    boolean isComplete;

    InspectorPage(long entity, List<String> with, List<String> without, int limit) {
        this.entity = entity;
        this.with = with;
        this.without = without;
        this.limit = limit;
    }

    /** True for a table of what was asked for; of ghosts where they were asked for by name. */
    boolean matches(Composition composition) {
        if (composition.contains(GhostColumn.TYPE) && !with.contains(GhostColumn.TYPE.name())) {
            return false;
        }
        for (int i = 0; i < with.size(); i++) {
            if (!has(composition, with.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < without.size(); i++) {
            if (has(composition, without.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Copies one row; false where the page is full. */
    boolean add(long id, long tick, Composition composition, Column<?>[] columns, int at) {
        int needed = ROW_HEAD;
        for (Column<?> column : columns) {
            needed += column.type().rowBytes();
        }
        if (count == limit || bytes + needed > BYTES_MAX) {
            return false;
        }
        if (compositions.isEmpty() || compositions.getLast() != composition) {
            compositions.add(composition);
        }
        rows.putLong(bytes, id, ByteOrder.LITTLE_ENDIAN);
        rows.putLong(bytes + Long.BYTES, tick, ByteOrder.LITTLE_ENDIAN);
        rows.putInt(bytes + 2 * Long.BYTES, compositions.size() - 1, ByteOrder.LITTLE_ENDIAN);
        int out = bytes + ROW_HEAD;
        for (Column<?> column : columns) {
            column.writeRow(at, rows, out);
            out += column.type().rowBytes();
        }
        bytes = out;
        count++;
        return true;
    }

    /** Makes records of the rows; off the tick thread. */
    List<EntityView> decode(@Nullable Predicate<EntityView> filter) {
        List<EntityView> views = new ArrayList<>();
        int at = 0;
        while (at < bytes) {
            EntityId id = new EntityId(rows.getLong(at, ByteOrder.LITTLE_ENDIAN));
            long tick = rows.getLong(at + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
            int composition = rows.getInt(at + 2 * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
            at += ROW_HEAD;
            Map<String, Record> components = new LinkedHashMap<>();
            for (ComponentType<?> type : compositions.get(composition).types()) {
                Column<?> column = type.newColumn(1);
                column.readRow(0, rows, at);
                components.put(type.name(), column.row(0));
                at += type.rowBytes();
            }
            EntityView view = new EntityView(id, tick, components);
            if (filter == null || filter.test(view)) {
                views.add(view);
            }
        }
        return views;
    }

    private static boolean has(Composition composition, String name) {
        List<ComponentType<?>> types = composition.types();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
