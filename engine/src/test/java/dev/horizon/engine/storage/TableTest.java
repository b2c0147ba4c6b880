package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Lookup;
import dev.horizon.engine.world.Position;
import dev.horizon.engine.world.PositionColumn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Growth, removal and change tracking of tables. */
class TableTest {
    private final WorldState world = WorldState.create(1, Parts.TYPES, true);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void shouldGrowByHalfAndKeepRowsAndMarks() {
        List<EntityId> ids = new ArrayList<>();
        List<Integer> capacities = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            ids.add(world.create(new Position(i, 0, 0)));
            world.apply();
            int capacity = world.table(0).capacity();
            if (capacities.isEmpty() || capacities.getLast() != capacity) {
                capacities.add(capacity);
            }
            if (i == 3000) {
                world.stamp(17);
            }
        }
        assertThat(capacities).startsWith(320, 704, 1472, 3392);
        for (int i = 1; i < capacities.size(); i++) {
            assertThat(capacities.get(i)).isGreaterThanOrEqualTo(capacities.get(i - 1) * 3 / 2);
            // Doubles of that many rows don't fill whole pages, which would slow every loop down.
            assertThat(capacities.get(i) * Double.BYTES % 4096).isBetween(512, 3584);
        }
        PositionColumn positions = positions();
        for (int row = 0; row < ids.size(); row++) {
            assertThat(world.table(0).entityAt(row)).isEqualTo(ids.get(row).value());
            assertThat(positions.x[row]).isEqualTo(row);
            assertThat(positions.changedAt(row)).isEqualTo(row <= 3000 ? 17 : 0);
            assertThat(positions.isRowMarked(row)).isEqualTo(row > 3000);
        }
        assertThat(positions.rangeChangedAt(0)).isEqualTo(17);
        assertThat(positions.rangeChangedAt(4)).isZero();
    }

    @Test
    void shouldPoisonColumnsThatWereReplaced() {
        world.create(new Position(1, 2, 3));
        world.apply();
        PositionColumn kept = positions();
        for (int i = 0; i < 320; i++) {
            world.create(new Position(0, 0, 0));
        }
        world.apply();
        assertThat(positions()).isNotSameAs(kept);
        assertThat(kept.x[0]).isNaN();
        assertThat(positions().x[0]).isEqualTo(1);
    }

    @Test
    void shouldStampDenseAndSparseWritesAndMoveChangesAlong() {
        EntityId first = world.create(new Position(0, 0, 0));
        for (int i = 1; i < 2000; i++) {
            world.create(new Position(i, 0, 0));
        }
        world.apply();
        world.stamp(1);
        positions().markRange(1);
        positions().markRow(5);
        world.stamp(2);
        assertThat(positions().changedAt(4)).isEqualTo(1);
        assertThat(positions().changedAt(5)).isEqualTo(2);
        assertThat(positions().changedAt(1023)).isEqualTo(1);
        assertThat(positions().changedAt(1024)).isEqualTo(2);
        assertThat(positions().isRowMarked(5)).isFalse();
        assertThat(positions().rangeChangedAt(0)).isEqualTo(2);
        assertThat(positions().rangeChangedAt(1)).isEqualTo(2);
        world.stamp(3);
        assertThat(positions().rangeChangedAt(0)).isEqualTo(2);

        positions().markRange(1);
        world.stamp(4);
        assertThat(positions().rangeChangedAt(0)).isEqualTo(2);
        assertThat(positions().rangeChangedAt(1)).isEqualTo(4);
        positions().markRow(1999);
        world.destroy(first);
        world.apply();
        assertThat(positions().x[0]).isEqualTo(1999);
        assertThat(positions().changedAt(0)).isEqualTo(4);
        assertThat(positions().rangeChangedAt(0)).as("a row came from a later range").isEqualTo(4);
        assertThat(positions().isRowMarked(0)).isTrue();
        assertThat(positions().isRowMarked(1)).isFalse();
        world.stamp(5);
        assertThat(positions().changedAt(0)).isEqualTo(5);
        assertThat(positions().rangeChangedAt(0)).isEqualTo(5);
    }

    @Test
    void shouldKeepChangeTicksWhenAnEntityChangesItsTable() {
        EntityId entity = world.create(new Position(1, 1, 1));
        world.apply();
        world.stamp(4);
        world.write(entity, new Parts.Marker());
        world.apply();
        long location = world.lookup().locate(entity.value());
        PositionColumn positions = world.lookup().column(PositionColumn.TYPE, location);
        assertThat(positions).isNotNull();
        assertThat(positions.changedAt(Lookup.row(location))).isEqualTo(4);
        assertThat(positions.rangeChangedAt(0)).isEqualTo(4);
        MarkerColumn markers = world.lookup().column(MarkerColumn.TYPE, location);
        assertThat(markers).isNotNull();
        assertThat(markers.isRowMarked(Lookup.row(location))).isTrue();
        assertThat(positions.isRowMarked(Lookup.row(location))).isFalse();
    }

    @Test
    void shouldFindAnUnmarkedWriteWhereverItIs() {
        MarkWatch watch = new MarkWatch(world);
        assertThat(watch.look()).isNull();
        EntityId lone = world.create(new Parts.Marker());
        for (int i = 0; i < 3000; i++) {
            world.create(new Position(i, 0, 0));
            world.create(new Position(i, 0, 0), new Parts.Marker());
        }
        world.apply();
        world.destroy(lone);
        world.apply();
        world.stamp(1);
        assertThat(world.hash()).isEqualTo(world.fullHash());
        for (int table = 0; table < world.tableCount(); table++) {
            PositionColumn column = world.table(table).column(PositionColumn.TYPE);
            for (int row = 0; column != null && row < 3000; row += 700) {
                column.z[row]++;
                List<String> found = new ArrayList<>();
                // All ranges of both tables, two a look.
                for (int look = 0; look < 12; look++) {
                    String write = watch.look();
                    if (write != null) {
                        found.add(write);
                    }
                }
                assertThat(found).as("row %d of table %d", row, table).hasSize(1);
                assertThat(found.getFirst()).contains("Position of table " + table);
                assertThat(world.hash()).isEqualTo(world.fullHash());
            }
        }
    }

    @Test
    void shouldTellWritesThatNothingMarked() {
        for (int i = 0; i < 3000; i++) {
            world.create(new Position(i, 0, 0));
        }
        world.apply();
        world.stamp(1);
        long before = world.hash();
        positions().y[2500] = 1;
        assertThat(world.hash()).isEqualTo(before);
        assertThat(world.fullHash()).isNotEqualTo(before);
        assertThat(world.unmarkedWrite()).contains("Position").contains("2048");
        positions().markRow(2500);
        assertThat(world.unmarkedWrite()).isNull();
        assertThat(world.hash()).isEqualTo(world.fullHash());
    }

    @Test
    void shouldHashComponentsApart() {
        world.create(new Position(1, 0, 0), new Parts.Marker());
        world.create(new Position(2, 0, 0), new Parts.Health(1, (short) 1, (byte) 1, 'a'));
        world.apply();
        world.stamp(1);
        long position = world.hash(PositionColumn.TYPE);
        final long health = world.hash(HealthColumn.TYPE);
        positions().x[0] = 9;
        positions().markRow(0);
        assertThat(world.hash(PositionColumn.TYPE)).isNotEqualTo(position);
        assertThat(world.hash(HealthColumn.TYPE)).isEqualTo(health);
    }

    private PositionColumn positions() {
        PositionColumn positions = world.table(0).column(PositionColumn.TYPE);
        assertThat(positions).isNotNull();
        return positions;
    }
}
