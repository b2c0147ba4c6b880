package dev.horizon.engine.systems;

/**
 * A system's code, called once per range of each table that its access matches: of 1,024 rows in
 * most tables, of more in large ones, up to {@link #ROWS_MAX}. Ranges may run on several threads at
 * once and in any order; the result is the same as in order, since a range writes only its own
 * rows, its own effect queue and its own commands.
 */
@FunctionalInterface
public interface SystemTask {
    /** The most rows of one range. */
    int ROWS_MAX = 8 * 1024;

    /**
     * Runs over one range. Allocates nothing, keeps nothing beyond the call.
     *
     * @param rows the rows {@code rows.from()} to {@code rows.to()}, exclusive, of one table
     * @param tick the tick being simulated
     */
    void run(Rows rows, Tick tick);
}
