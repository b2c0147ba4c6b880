package dev.horizon.plugins.economy;

import dev.horizon.engine.world.Component;

/**
 * Makes a station part of the economy.
 *
 * @param trade what it lives on
 * @param cycles that it went through, wrapping
 * @param readyAt tick, its low 32 bits, of its next cycle
 */
@Component
public record Industry(Trade trade, int cycles, int readyAt) {}
