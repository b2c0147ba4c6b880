package dev.horizon.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.horizon.engine.storage.BatteryColumn;
import dev.horizon.engine.storage.HealthColumn;
import dev.horizon.engine.storage.LabelColumn;
import dev.horizon.engine.storage.Parts;
import dev.horizon.engine.storage.TargetColumn;
import dev.horizon.engine.world.Column;
import dev.horizon.engine.world.EntityId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as columns store them fulfil what their records do. */
class RowConditionTest {
    private static final int ROWS = 200;
    private static final long SEED = 11;
    private static final String[] TEXTS = {"", "Wake", "Black Wake", "Äther"};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Health.points < 0",
                "Health.armour >= 1",
                "Health.level == 1",
                "Health.mark == 'b'",
                "Target.id == 1:2",
                "Target.since > 4e9",
                "Label.text ~ wake",
                "Label.text == ''",
                "Label.text > 'black'",
                "Label.mood == furious",
                "Label.mood != CALM",
                "Battery.charge > 0.5",
                "Battery.links == 0:1",
                "Battery.on == true",
                "Marker or not Health.nothing == 1",
                "Label and not (Health.points < 0 or Battery.charge < 0) and Health.level < 2",
            })
    void shouldFulfilWhatTheRecordDoes(String text) {
        Column<?>[] columns = columns(new SplittableRandom(SEED));
        Condition condition = ConditionParser.parse(text);
        IntPredicate test = condition.over(columns);
        for (int row = 0; row < ROWS; row++) {
            Map<String, Map<String, Object>> components = new LinkedHashMap<>();
            for (Column<?> column : columns) {
                components.put(column.type().name(), Fields.of(column.row(row)));
            }
            assertThat(test.test(row)).as("%s", components).isEqualTo(condition.holds(components));
        }
    }

    private static Column<?>[] columns(SplittableRandom random) {
        HealthColumn health = new HealthColumn(ROWS);
        TargetColumn target = new TargetColumn(ROWS);
        LabelColumn label = new LabelColumn(ROWS);
        BatteryColumn battery = new BatteryColumn(ROWS);
        for (int row = 0; row < ROWS; row++) {
            health.setRow(
                    row,
                    new Parts.Health(
                            random.nextInt(-2, 3),
                            (short) random.nextInt(-1, 2),
                            (byte) random.nextInt(-1, 3),
                            (char) random.nextInt('a', 'd')));
            target.setRow(row, new Parts.Target(id(random), random.nextLong(8_000_000_000L)));
            label.setRow(
                    row,
                    new Parts.Label(
                            TEXTS[random.nextInt(TEXTS.length)],
                            Parts.Mood.values()[random.nextInt(3)]));
            battery.setRow(
                    row,
                    new Parts.Battery(
                            new float[] {random.nextFloat(-1, 1), 0, random.nextFloat(-1, 1)},
                            new EntityId[] {id(random), id(random)},
                            random.nextBoolean()));
        }
        return new Column<?>[] {health, target, label, battery};
    }

    private static EntityId id(SplittableRandom random) {
        return EntityId.parse(random.nextInt(2) + ":" + random.nextInt(1, 4));
    }
}
