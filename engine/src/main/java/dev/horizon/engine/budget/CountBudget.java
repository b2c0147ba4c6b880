package dev.horizon.engine.budget;

import dev.horizon.engine.plugin.Default;

/**
 * What may be counted of plugins' code in one tick; 0 for any number. Counts are the same in every
 * run, so what goes beyond is put in quarantine in the same tick.
 *
 * @param pluginEvents plugin events that a plugin's handlers and commands raise, and effects that
 *     its systems emit
 * @param pluginEntities that its handlers, commands and systems create; timers are some
 * @param systemEvents effects that one system emits
 * @param systemEntities that one system creates
 */
public record CountBudget(
        @Default("65536") int pluginEvents,
        @Default("65536") int pluginEntities,
        @Default("65536") int systemEvents,
        @Default("65536") int systemEntities) {
    /** Counts nothing. */
    public static final CountBudget NONE = new CountBudget(0, 0, 0, 0);

    /** Refuses negative ones. */
    public CountBudget {
        if (pluginEvents < 0 || pluginEntities < 0 || systemEvents < 0 || systemEntities < 0) {
            throw new IllegalArgumentException("budgets are 0 or more, 0 for any number");
        }
    }
}
