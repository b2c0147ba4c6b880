package dev.horizon.perf.arena;

import dev.horizon.engine.world.Component;

/**
 * What the arena knows as a whole.
 *
 * @param laidOut true once
 * @param members dealt to groups so far, players included
 */
@Component
public record ArenaState(boolean laidOut, int members) {}
