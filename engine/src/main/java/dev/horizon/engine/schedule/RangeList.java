package dev.horizon.engine.schedule;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.world.Column;
import java.util.Arrays;

/** The ranges of a group's systems, listed before the group runs; read by all threads meanwhile. */
final class RangeList {
    private static final int INITIAL = 256;

    private Table[] tables = new Table[INITIAL];
    private int[] froms = new int[INITIAL];
    private int[] numbers = new int[INITIAL];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** Appends all ranges of a system, numbered from 0. */
    void addAll(PlannedSystem system) {
        int number = 0;
        for (Table table : system.tables) {
            for (int from = 0; from < table.size(); from += Column.RANGE_ROWS) {
                if (size == froms.length) {
                    tables = Arrays.copyOf(tables, size * 2);
                    froms = Arrays.copyOf(froms, size * 2);
                    numbers = Arrays.copyOf(numbers, size * 2);
                }
                tables[size] = table;
                froms[size] = from;
                numbers[size++] = number++;
            }
        }
    }

    Table table(int index) {
        return tables[index];
    }

    int from(int index) {
        return froms[index];
    }

    int number(int index) {
        return numbers[index];
    }
}
