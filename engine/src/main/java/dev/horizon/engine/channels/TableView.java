package dev.horizon.engine.channels;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.world.AttitudeColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.Composition;
import dev.horizon.engine.world.MotionColumn;
import dev.horizon.engine.world.ParentColumn;
import dev.horizon.engine.world.PositionColumn;
import dev.horizon.engine.world.SizeColumn;
import dev.horizon.engine.world.SteeringColumn;
import dev.horizon.engine.world.Tier;
import dev.horizon.engine.world.VeilColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as replication sees it: the columns that matter, and which member each row was at the
 * last look. Columns are fetched anew at every tick, because a table grows by replacing them.
 */
final class TableView {
    final Table table;
    private final Composition composition;

    /** Its entities have a place and are published by themselves. */
    final boolean isRoot;

    /** Its entities may be published in the channels of what carries them, or of an audience. */
    final boolean isRider;

    @Nullable PositionColumn position;
    @Nullable SizeColumn size;
    @Nullable MotionColumn motion;
    @Nullable AttitudeColumn attitude;
    @Nullable SteeringColumn steering;
    @Nullable ParentColumn parent;
    @Nullable VeilColumn veil;

    /** The replicated components, their tiers as bits, and their columns. */
    final ComponentType<?>[] types;

    final byte[] typeTiers;
    final boolean[] isCosmetic;
    final Column<?>[] columns;

    /** By tier: indices into {@link #types}, blocks of the writer, rounding. */
    final int[][] atTier = new int[Members.TIERS][];

    final int[][] blocks = new int[Members.TIERS][];
    final RowRounding[] rounding;

    /** Tiers at which its entities are published, as bits. */
    final byte tiers;

    /** The entity and the member of each row at the last look. */
    long[] seen = new long[0];

    int[] member = new int[0];
    int seenRows;

    /** Rows to look at, a bit each: see {@link RowScan}. */
    long[] marked = new long[0];

    /** Rows of riders that nobody published carries. */
    int orphans;

    TableView(Table table, FrameWriter[] writers, ChannelConfig config) {
        this.table = table;
        this.composition = table.composition();
        this.isRoot =
                table.composition().contains(PositionColumn.TYPE)
                        && table.composition().contains(SizeColumn.TYPE);
        List<ComponentType<?>> replicated = new ArrayList<>();
        for (ComponentType<?> type : table.composition().types()) {
            if (tiersOf(type, config) != 0) {
                replicated.add(type);
            }
        }
        this.isRider =
                !isRoot
                        && (table.composition().contains(ParentColumn.TYPE)
                                || table.composition().contains(VeilColumn.TYPE))
                        && !replicated.isEmpty();
        types = replicated.toArray(ComponentType<?>[]::new);
        columns = new Column<?>[types.length];
        typeTiers = new byte[types.length];
        isCosmetic = new boolean[types.length];
        rounding = new RowRounding[types.length];
        int union = 0;
        for (int i = 0; i < types.length; i++) {
            rounding[i] = new RowRounding(types[i]);
            isCosmetic[i] = types[i].isCosmetic();
            typeTiers[i] = tiersOf(types[i], config);
            union |= typeTiers[i];
        }
        tiers = (byte) (isRoot ? (1 << Members.TIERS) - 1 : union);
        for (int tier = 0; tier < Members.TIERS; tier++) {
            int[] indices = new int[types.length];
            int count = 0;
            for (int i = 0; i < types.length; i++) {
                if ((typeTiers[i] & (1 << tier)) != 0) {
                    indices[count++] = i;
                }
            }
            atTier[tier] = Arrays.copyOf(indices, count);
            blocks[tier] = new int[count];
            for (int i = 0; i < count; i++) {
                ComponentType<?> type = types[indices[i]];
                for (FrameWriter writer : writers) {
                    // They are told of the same blocks in the same order: each has the same number.
                    blocks[tier][i] = writer.block(type.wireId(), type.rowBytes());
                }
            }
        }
    }

    /** Tiers that carry a component, as bits. */
    private static byte tiersOf(ComponentType<?> type, ChannelConfig config) {
        int bits = 0;
        for (Tier tier : Tier.values()) {
            bits |= config.tier(tier).carries(tier, type) ? 1 << tier.ordinal() : 0;
        }
        return (byte) bits;
    }

    /** Of a table whose components were replaced: its rows are still where they were. */
    TableView(TableView before, FrameWriter[] writers, ChannelConfig config) {
        this(before.table, writers, config);
        seen = before.seen;
        member = before.member;
        marked = before.marked;
        seenRows = before.seenRows;
        orphans = before.orphans;
    }

    /** True when the table's components were replaced since. */
    boolean isOutdated() {
        return table.composition() != composition;
    }

    /** What carries the entity of a row, or 0. */
    long parentId(int row) {
        ParentColumn carrier = parent;
        return carrier == null ? 0 : carrier.id[row];
    }

    /** Who alone may see the entity of a row; 0 for all. */
    int audience(int row) {
        VeilColumn only = veil;
        return only == null ? 0 : only.audience[row];
    }

    /** The most components at one tier. */
    int componentsMax() {
        int most = 0;
        for (int[] indices : atTier) {
            most = Math.max(most, indices.length);
        }
        return most;
    }

    /** The most bytes that a frame says of one of its entities. */
    int entityBytesMax() {
        int bytes = 3 + 24 + Math.max(38 + 12, 56);
        for (ComponentType<?> type : types) {
            bytes += 4 + 8 + 2 + type.rowBytes();
        }
        return bytes;
    }

    void mark(int row) {
        marked[row / Long.SIZE] |= 1L << row;
    }

    /** The next marked row, from one on; {@code rows} for none. */
    int nextMarked(int from, int rows) {
        int word = from / Long.SIZE;
        if (from >= rows) {
            return rows;
        }
        long bits = marked[word] & -1L << from;
        while (bits == 0) {
            word++;
            if (word * Long.SIZE >= rows) {
                return rows;
            }
            bits = marked[word];
        }
        return Math.min(rows, word * Long.SIZE + Long.numberOfTrailingZeros(bits));
    }

    /** Fetches the columns, and makes room for the rows. */
    void refresh() {
        position = table.column(PositionColumn.TYPE);
        size = table.column(SizeColumn.TYPE);
        motion = table.column(MotionColumn.TYPE);
        attitude = table.column(AttitudeColumn.TYPE);
        parent = table.column(ParentColumn.TYPE);
        veil = table.column(VeilColumn.TYPE);
        // What is carried goes where its carrier goes, whatever its controls were.
        steering = parent == null ? table.column(SteeringColumn.TYPE) : null;
        for (int i = 0; i < types.length; i++) {
            columns[i] = column(types[i]);
        }
        if (seen.length < table.size()) {
            seen = Arrays.copyOf(seen, table.capacity());
            member = Arrays.copyOf(member, table.capacity());
            marked = new long[(table.capacity() + Long.SIZE - 1) / Long.SIZE];
        }
    }

    private Column<?> column(ComponentType<?> type) {
        Column<?> column = table.column(type);
        if (column == null) {
            throw new IllegalStateException("table " + table.ordinal() + " lost its " + type);
        }
        return column;
    }
}
