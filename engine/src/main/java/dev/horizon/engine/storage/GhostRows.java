package dev.horizon.engine.storage;

import dev.horizon.engine.plugin.HorizonException;
import dev.horizon.engine.storage.ImageForms.Stored;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.GhostColumn;
import dev.horizon.engine.world.Lookup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The ghosts of a world: rows of entities that other nodes have, in tables of their own. An id is
 * that of an entity or of a ghost, never of both: a ghost gives way to its entity when that comes,
 * and none is made of what is here. Looking up is safe from any thread while systems run; changed
 * by the tick thread, while nobody runs.
 */
public final class GhostRows {
    private final ComponentRegistry registry;
    private final Tables tables;
    private int[] components = new int[32];
    private int[] rowsAt = new int[32];
    private int known;

    GhostRows(ComponentRegistry registry, Tables tables) {
        this.registry = registry;
        this.tables = tables;
    }

    /** The location of a ghost, or {@link Lookup#NOWHERE}. */
    public long locate(long entityId) {
        return tables.locateGhost(entityId);
    }

    /** The number of the node that has the entity of a ghost, or 0. */
    public int node(long entityId) {
        Column<?> column = column(entityId, GhostColumn.TYPE);
        return column instanceof GhostColumn ghosts
                ? ghosts.node[Lookup.row(tables.locateGhost(entityId))]
                : 0;
    }

    /** A component of a ghost; null where either is missing. */
    @Nullable Record read(long entityId, ComponentType<?> type) {
        Column<?> column = column(entityId, type);
        return column == null ? null : column.row(Lookup.row(tables.locateGhost(entityId)));
    }

    private @Nullable Column<?> column(long entityId, ComponentType<?> type) {
        long location = tables.locateGhost(entityId);
        return location == Lookup.NOWHERE ? null : tables.of(location).column(type);
    }

    /** Ends a ghost; does nothing where there is none. */
    public void end(long entityId) {
        long location = tables.locateGhost(entityId);
        if (location != Lookup.NOWHERE) {
            tables.remove(entityId, location);
        }
    }

    /**
     * Takes what a {@link GhostWriter} wrote. What is no entity of that node any more for this one,
     * because it is here, is left out; so are components that this world doesn't know.
     *
     * @param node that wrote it
     * @param tick of this node
     * @throws HorizonException HZ-WLD-005 when the bytes are damaged, HZ-WLD-006 when a field is of
     *     another kind here, HZ-WLD-008 when the version is unknown; what stands before that is
     *     taken
     */
    public void take(DirectBuffer in, int offset, int length, int node, long tick) {
        ByteReader reader = new ByteReader(in, offset, length, "word of ghosts");
        int version = reader.unsignedByte();
        if (version != GhostWriter.VERSION) {
            throw new HorizonException(
                    "HZ-WLD-008",
                    "the word of ghosts has version "
                            + version
                            + ", this build reads "
                            + GhostWriter.VERSION
                            + "; bring all nodes to one build");
        }
        List<Stored> forms = registry.imageForms().read(reader);
        for (int left = reader.unsignedShort(); left > 0; left--) {
            long entity = reader.int64();
            int kind = reader.unsignedByte();
            if (kind == GhostWriter.GONE) {
                if (node(entity) == node) {
                    end(entity);
                }
            } else {
                readRows(reader, forms);
                boolean isHere = tables.locate(entity) != Lookup.NOWHERE;
                long location = tables.locateGhost(entity);
                if (kind == GhostWriter.WHOLE && !isHere) {
                    location = obtain(entity, location, forms);
                }
                if (location != Lookup.NOWHERE) {
                    set(reader, forms, location, node, (int) tick);
                }
            }
        }
    }

    /** Notes where the rows of an entity stand, but for those of components unknown here. */
    private void readRows(ByteReader reader, List<Stored> forms) {
        known = 0;
        for (int rows = reader.unsignedByte(); rows > 0; rows--) {
            int most = forms.size() - 1;
            int component = reader.count(reader.unsignedByte(), most, "as component");
            int at = reader.skip(forms.get(component).rowBytes());
            if (forms.get(component).layout() != null) {
                if (known == components.length) {
                    components = Arrays.copyOf(components, known * 2);
                    rowsAt = Arrays.copyOf(rowsAt, known * 2);
                }
                components[known] = component;
                rowsAt[known++] = at;
            }
        }
    }

    /** Where a ghost of the components that were read is, made or made otherwise if need be. */
    private long obtain(long entity, long location, List<Stored> forms) {
        if (location != Lookup.NOWHERE && isOf(tables.of(location), forms)) {
            return location;
        }
        end(entity);
        List<ComponentType<?>> types = new ArrayList<>();
        types.add(GhostColumn.TYPE);
        for (int i = 0; i < known; i++) {
            RowLayout layout = forms.get(components[i]).layout();
            if (layout != null && !types.contains(layout.type())) {
                types.add(layout.type());
            }
        }
        Table table = tables.obtain(types);
        int row = tables.append(table, entity);
        for (Column<?> column : table.columns()) {
            column.clearRow(row);
            column.markRow(row);
        }
        return Lookup.location(table.ordinal(), row);
    }

    private boolean isOf(Table table, List<Stored> forms) {
        boolean isAll = table.columns().length == known + 1;
        for (int i = 0; i < known && isAll; i++) {
            RowLayout layout = forms.get(components[i]).layout();
            isAll = layout != null && table.slot(layout.type()) >= 0;
        }
        return isAll;
    }

    private void set(ByteReader reader, List<Stored> forms, long location, int node, int tick) {
        Table table = tables.of(location);
        int row = Lookup.row(location);
        GhostColumn ghosts = table.column(GhostColumn.TYPE);
        if (ghosts == null) {
            return;
        }
        ghosts.node[row] = node;
        ghosts.heardAt[row] = tick;
        ghosts.markRow(row);
        for (int i = 0; i < known; i++) {
            RowLayout layout = forms.get(components[i]).layout();
            Column<?> column = layout == null ? null : table.column(layout.type());
            if (layout != null && column != null) {
                layout.read(reader.buffer(), rowsAt[i], column, row);
            }
        }
    }
}
