package dev.horizon.engine.schedule;

import dev.horizon.engine.storage.Table;
import dev.horizon.engine.systems.SystemTask;
import dev.horizon.engine.world.Column;
import java.util.Arrays;

/**
 * The ranges of a group's systems, listed before the group runs; read by all threads meanwhile. How
 * a table is cut depends on its size alone, never on the number of threads: what systems emit and
 * ask for is ordered by range.
 */
final class RangeList {
    private static final int INITIAL = 256;

    /**
     * A table that has more is cut into longer ranges: there are enough then for every thread, and
     * going from one to the next costs some 0.4 us where rows come from memory.
     */
    private static final int RANGES_ENOUGH = 64;

    private static final int LENGTH_MAX = SystemTask.ROWS_MAX / Column.RANGE_ROWS;

    private Table[] tables = new Table[INITIAL];
    private int[] froms = new int[INITIAL];
    private int[] ends = new int[INITIAL];
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
            int rows = rowsPerRange(table.size());
            for (int from = 0; from < table.size(); from += rows) {
                if (size == froms.length) {
                    tables = Arrays.copyOf(tables, size * 2);
                    froms = Arrays.copyOf(froms, size * 2);
                    ends = Arrays.copyOf(ends, size * 2);
                    numbers = Arrays.copyOf(numbers, size * 2);
                }
                tables[size] = table;
                froms[size] = from;
                ends[size] = Math.min(table.size(), from + rows);
                numbers[size++] = number++;
            }
        }
    }

    private static int rowsPerRange(int rows) {
        int length = rows / (Column.RANGE_ROWS * RANGES_ENOUGH);
        return Math.clamp(length, 1, LENGTH_MAX) * Column.RANGE_ROWS;
    }

    Table table(int index) {
        return tables[index];
    }

    int from(int index) {
        return froms[index];
    }

    int end(int index) {
        return ends[index];
    }

    int number(int index) {
        return numbers[index];
    }
}
