package dev.horizon.engine.budget;

import dev.horizon.engine.plugin.Default;

/**
 * What one plugin may take of a tick where that isn't what all may: {@code [plugins.NAME.budget]}.
 * -1 for what all may, 0 for any amount.
 *
 * @param events plugin events that its handlers and commands raise, and effects of its systems
 * @param entities that it creates
 * @param timePercent of a tick's period, for its handlers, commands and systems
 * @param kilobytes that they allocate
 */
public record PluginBudget(
        @Default("-1") int events,
        @Default("-1") int entities,
        @Default("-1") int timePercent,
        @Default("-1") int kilobytes) {
    /** What all may. */
    public static final PluginBudget SAME = new PluginBudget(-1, -1, -1, -1);

    /** Refuses what is no amount. */
    public PluginBudget {
        if (events < -1 || entities < -1 || timePercent < -1 || kilobytes < -1) {
            throw new IllegalArgumentException(
                    "a plugin's budgets are 0 or more, 0 for any amount, or -1 for that of [budgets]");
        }
    }
}
