package dev.horizon.plugins.fleetai;

import dev.horizon.engine.plugin.Default;

/**
 * How squadrons learn: {@code [plugins.fleet-ai]}.
 *
 * @param learning false: tactics are drawn evenly, always
 * @param gamma share of choices that try out, above 0 and at most 1
 * @param alpha share of what is known that is spread over all tactics with each lesson, 0 to 1
 * @param windowTicks from one choice to the next
 * @param sightMetres within which enemies count
 */
public record FleetAiConfig(
        @Default("true") boolean learning,
        @Default("0.12") double gamma,
        @Default("0.002") double alpha,
        @Default("100") int windowTicks,
        @Default("25000") double sightMetres) {
    /** Refuses shares that are none. */
    public FleetAiConfig {
        if (!(gamma > 0 && gamma <= 1) || !(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("gamma and alpha are shares, up to 1");
        }
        if (windowTicks < 20 || !(sightMetres > 0)) {
            throw new IllegalArgumentException(
                    "window-ticks must be at least 20, sight-metres above 0");
        }
    }
}
