package dev.horizon.testkit.tutorial;

import dev.horizon.engine.plugin.Default;

/**
 * What an operator sets in {@code [plugins.lighthouse]}.
 *
 * @param oil of a new lamp, litres
 * @param refillTicks between an order of oil and its delivery
 */
public record LampSettings(@Default("10") float oil, @Default("40") int refillTicks) {}
