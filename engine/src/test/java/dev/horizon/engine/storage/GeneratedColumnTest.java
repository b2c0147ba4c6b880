package dev.horizon.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.ComponentField;
import dev.horizon.engine.world.ComponentType;
import dev.horizon.engine.world.EntityId;
import dev.horizon.engine.world.Tier;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every generated column does, whatever its fields. */
class GeneratedColumnTest {
    private static final long SEED = 77;
    private static final int ROWS = 50;

    static Stream<Class<? extends Record>> components() {
        return Generator.CLASSES.stream();
    }

    @ParameterizedTest
    @MethodSource("components")
    void shouldKeepRowsThroughEveryWayOfCopying(Class<? extends Record> component) {
        Generator generator = new Generator(SEED);
        Column<?> column = column(component, ROWS);
        Record[] rows = fill(column, generator, component);
        Column<?> grown = column.withCapacity(2 * ROWS, ROWS);
        Column<?> copied = column(component, ROWS);
        Column<?> decoded = column(component, ROWS);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[3 + column.type().rowBytes()]);
        for (int row = 0; row < ROWS; row++) {
            copied.copyRow(column, row, ROWS - 1 - row);
            column.writeRow(row, buffer, 3);
            decoded.readRow(row, buffer, 3);
        }
        for (int row = 0; row < ROWS; row++) {
            assertThat((Object) column.row(row)).as("seed %d", SEED).isEqualTo(rows[row]);
            assertThat((Object) grown.row(row)).isEqualTo(rows[row]);
            assertThat((Object) copied.row(ROWS - 1 - row)).isEqualTo(rows[row]);
            assertThat((Object) decoded.row(row)).isEqualTo(rows[row]);
            assertThat(decoded.isRowMarked(row)).isTrue();
        }
        assertThat(decoded.hash(0, ROWS)).isEqualTo(column.hash(0, ROWS));
        column.moveRow(3, 7);
        assertThat((Object) column.row(7)).isEqualTo(rows[3]);
    }

    @ParameterizedTest
    @MethodSource("components")
    void shouldHashEveryByteOfARow(Class<? extends Record> component) {
        Generator generator = new Generator(SEED);
        Column<?> column = column(component, ROWS);
        fill(column, generator, component);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[column.type().rowBytes()]);
        long before = column.hash(0, ROWS);
        for (int at = 0; at < buffer.capacity(); at++) {
            int row = generator.below(ROWS);
            column.writeRow(row, buffer, 0);
            byte original = buffer.getByte(at);
            boolean isBoolean = isBoolean(column.type(), at);
            buffer.putByte(at, (byte) (isBoolean ? 1 - original : original ^ 1));
            column.readRow(row, buffer, 0);
            assertThat(column.hash(0, ROWS)).as("byte %d of row %d", at, row).isNotEqualTo(before);
            buffer.putByte(at, original);
            column.readRow(row, buffer, 0);
            assertThat(column.hash(0, ROWS)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("components")
    void shouldBeZeroAfterClearing(Class<? extends Record> component) {
        Column<?> column = column(component, ROWS);
        long empty = column.hash(0, ROWS);
        fill(column, new Generator(SEED), component);
        for (int row = 0; row < ROWS; row++) {
            column.clearRow(row);
        }
        assertThat(column.hash(0, ROWS)).isEqualTo(empty);
    }

    @Test
    void shouldDescribeItsFields() {
        assertThat(BatteryColumn.TYPE.fields())
                .extracting(ComponentField::name)
                .containsExactly("charge", "links", "on");
        assertThat(BatteryColumn.TYPE.rowBytes()).isEqualTo(3 * 4 + 2 * 8 + 1);
        assertThat(BatteryColumn.CHARGE_LENGTH).isEqualTo(3);
        assertThat(LabelColumn.TYPE.fields().get(1).constants())
                .containsExactly("CALM", "CROSS", "FURIOUS");
        assertThat(HealthColumn.TYPE.tiers()).containsExactly(Tier.CLOSE, Tier.MEDIUM);
        assertThat(HealthColumn.TYPE.name()).isEqualTo("Health");
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndChangeNothing() {
        LabelColumn labels = new LabelColumn(1);
        labels.setRow(0, new Parts.Label("short", Parts.Mood.CROSS));
        assertThatThrownBy(() -> labels.setRow(0, new Parts.Label("ß".repeat(7), Parts.Mood.CALM)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Label.text")
                .hasMessageContaining("12 bytes");
        assertThat(labels.row(0)).isEqualTo(new Parts.Label("short", Parts.Mood.CROSS));
        assertThat(labels.text(0)).isEqualTo("short");
        assertThat(labels.mood(0)).isEqualTo(Parts.Mood.CROSS);
        BatteryColumn batteries = new BatteryColumn(1);
        EntityId[] links = {EntityId.NONE, EntityId.NONE};
        assertThatThrownBy(() -> batteries.setRow(0, new Parts.Battery(new float[4], links, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Battery.charge has 3 elements");
    }

    @Test
    void shouldHashEqualTextsEquallyWhateverWasThereBefore() {
        LabelColumn once = new LabelColumn(1);
        LabelColumn twice = new LabelColumn(1);
        twice.setText(0, "a longer one");
        once.setText(0, "ab");
        twice.setText(0, "ab");
        assertThat(twice.hash(0, 1)).isEqualTo(once.hash(0, 1));
    }

    @Test
    void shouldRemapEveryEntityIdOfARow() {
        BatteryColumn batteries = new BatteryColumn(2);
        EntityId[] links = {new EntityId(5), new EntityId(6)};
        batteries.setRow(1, new Parts.Battery(new float[3], links, true));
        batteries.remapIds(1, id -> id * 10);
        assertThat(batteries.row(1).links()).containsExactly(new EntityId(50), new EntityId(60));
    }

    private static boolean isBoolean(ComponentType<?> type, int at) {
        int offset = 0;
        for (ComponentField field : type.fields()) {
            if (at < offset + field.bytes()) {
                return field.kind() == ComponentField.Kind.BOOLEAN;
            }
            offset += field.bytes();
        }
        return false;
    }

    private static Column<?> column(Class<? extends Record> component, int capacity) {
        return Parts.ALL.stream()
                .filter(type -> type.recordClass() == component)
                .findFirst()
                .orElseThrow()
                .newColumn(capacity);
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> Record[] fill(
            Column<R> column, Generator generator, Class<? extends Record> component) {
        Record[] rows = new Record[ROWS];
        List<EntityId> known = List.of(new EntityId(9), new EntityId(1L << 60));
        for (int row = 0; row < ROWS; row++) {
            rows[row] = generator.component(component, known);
            column.setRow(row, (R) rows[row]);
        }
        return rows;
    }
}
